"""Region by measure as a table: 有, 无 or 未找到, the home region marked, each cell open to its documents."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.briefing import questions
from dashboard.briefing.matrix import Cell, Column, MatrixRow
from dashboard.briefing.model import Briefing, Subject
from dashboard.briefing_parts.subject import at_most, selection_of_subject
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_line, number, provenance, section, table
from warehouse.queries import briefing_matrix
from warehouse.queries.pages_listing import Selection

_SHAPES = {"found": "●", "lacking": "○", "not-found": "–"}


def matrix(frame: Frame, briefing: Briefing) -> Markup | None:
    """The table; None for a department, which has no regions, and where fewer than two are covered."""
    columns, rows = questions.matrix(frame.read, briefing)
    every = len(columns), len(rows)
    columns = columns[: at_most(frame, len(columns), 6)]
    rows = rows[: at_most(frame, len(rows), 6)]
    if not columns or len(rows) < 2:
        return None
    heads = [frame.say("table.region"), *(_head(frame, column) for column in columns)]
    lines = [[_region(frame, row), *_cells(frame, briefing.subject, row, columns)] for row in rows]
    title = frame.say("matrix.title")
    whole = columns[0].kind == "topic" and briefing.subject.kind != "region"
    rests_on = provenance(frame, selection_of_subject(briefing.subject)) if whole else basis_line(frame)
    return section(
        title,
        element("div", table(heads, lines, title), cls="gb-matrix"),
        _left_out(frame, every[0] - len(columns), every[1] - len(rows)),
        element("p", frame.say("matrix.method"), cls="gb-note"),
        rests_on,
        note=frame.say(f"matrix.of-{columns[0].kind}"),
        anchor="brief-matrix",
    )


def _left_out(frame: Frame, columns: int, rows: int) -> Markup | None:
    """What the table leaves out of the measures and of the regions, where it does."""
    left = {"columns": columns, "rows": rows}
    told = [frame.say(f"part.more-{name}", n=n) for name, n in left.items() if n > 0]
    return element("p", join(told, " "), cls="gb-quiet gb-left-out") if told else None


def _head(frame: Frame, column: Column) -> str:
    return frame.topic_name(column.key) if column.kind == "topic" else column.key


def _region(frame: Frame, row: MatrixRow) -> Markup:
    name = frame.link(frame.region_name(row.region), "regions", r=row.region)
    sources = element("span", frame.say("matrix.sources", n=row.sources), cls="gb-quiet")
    if not row.home:
        return join((name, " ", sources))
    return join(
        (
            element("strong", name),
            " ",
            element("span", frame.say("matrix.home"), cls="gb-badge"),
            " ",
            sources,
        )
    )


def _cells(frame: Frame, subject: Subject, row: MatrixRow, columns: Sequence[Column]) -> list[Child]:
    return [_cell(frame, subject, row, column, one) for column, one in zip(columns, row.cells, strict=False)]


def _cell(frame: Frame, subject: Subject, row: MatrixRow, column: Column, one: Cell) -> Markup:
    told = join(
        (element("span", _SHAPES[one.state], aria_hidden="true"), " ", frame.say(f"matrix.{one.state}"))
    )
    if one.state == "not-found":
        return element("span", told, cls="gb-cell gb-cell-not-found")
    if one.state == "lacking":
        first = one.lacking[0]
        place = {"para": first["paragraph"] + 1, "at": f"{first['start_at']}-{first['end_at']}"}
        told = frame.link(told, "doc", id=first["document_id"], **place)
    count = _count(frame, subject, row, column, one)
    return element("span", told, " ", count, cls=f"gb-cell gb-cell-{one.state}")


def _count(frame: Frame, subject: Subject, row: MatrixRow, column: Column, one: Cell) -> Markup:
    if column.kind == "term":
        query = briefing_matrix.quoted(column.key)
        return frame.link(str(one.documents), "docs", "gb-number", s=query, region=row.region)
    theme = subject.key if subject.kind == "theme" else None  # a topic's columns lie within the topic
    return number(frame, Selection(theme=theme, topic=column.key, region=row.region), one.documents)
