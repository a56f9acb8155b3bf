"""Region by measure as a table: 有, 无 or 未找到, the home region marked, each cell open to its documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.briefing.matrix import (
    Cell,
    Column,
    MatrixRow,
    cell,
    columns_of_classes,
    columns_of_terms,
    regions_shown,
)
from dashboard.briefing.model import Briefing, Subject
from dashboard.briefing_parts.subject import asked_of, at_most, selection_of_subject
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_line, number, provenance, section, table
from warehouse.queries import briefing_known, briefing_matrix
from warehouse.queries.pages_listing import Selection

_SHAPES = {"found": "●", "lacking": "○", "not-found": "–"}


def matrix(frame: Frame, briefing: Briefing) -> Markup | None:
    """The table; None for a department, which has no regions, and where fewer than two are covered."""
    columns, rows = read_matrix(frame, briefing)
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
        element("p", frame.say("matrix.method"), cls="gb-note"),
        rests_on,
        note=frame.say(f"matrix.of-{columns[0].kind}"),
        anchor="brief-matrix",
    )


def read_matrix(frame: Frame, briefing: Briefing) -> tuple[tuple[Column, ...], tuple[MatrixRow, ...]]:
    """Columns and rows: a theme's words, a topic's classes, a region beside those of its level."""
    subject, home = briefing.subject, briefing.home_region
    if subject.kind == "department":
        return (), ()
    beside = subject.key if subject.kind == "region" else ""
    regions = regions_shown(frame.read(briefing_matrix.regions_covered), home, beside)
    if subject.kind == "theme":
        terms = frame.read(briefing_matrix.terms_of_theme, subject.key)
        named = {term: frame.read(briefing_matrix.regions_naming, term) for term in terms}
        shown = {row["region"] for row in regions}
        here = {term: {r: n for r, n in counts.items() if r in shown} for term, counts in named.items()}
        columns = columns_of_terms(here)
        lacking = {one.key: frame.read(briefing_matrix.regions_lacking, one.key) for one in columns}
        if columns:
            return columns, _rows(regions, home, columns, here, lacking)
    counts, columns = _classes(frame, briefing)
    return columns, _rows(regions, home, columns, counts, {})


def _classes(frame: Frame, briefing: Briefing) -> tuple[dict[str, dict[str, int]], tuple[Column, ...]]:
    """Documents by class and region, and the classes that make columns."""
    subject = briefing.subject
    counts: dict[str, dict[str, int]] = {}
    if subject.kind == "region":
        since = briefing.today.replace(year=briefing.today.year - 1, day=1)
        related = frame.read(briefing_known.related_topics, *asked_of(briefing), since)
        for row in related:
            counts[row["code"]] = frame.read(briefing_matrix.regions_of_class, row["code"])
        return counts, tuple(Column("topic", code) for code in counts)
    rows = frame.read(briefing_matrix.classes_by_region, *asked_of(briefing))
    for row in rows:
        counts.setdefault(row["code"], {})[row["region"]] = int(row["documents"])
    return counts, columns_of_classes(rows, subject.key if subject.kind == "topic" else "")


def _rows(
    regions: Sequence[Mapping[str, Any]], home: str, columns: Sequence[Column],
    counts: Mapping[str, Mapping[str, int]], lacking: Mapping[str, Mapping[str, list[Any]]],
) -> tuple[MatrixRow, ...]:  # fmt: skip
    return tuple(
        MatrixRow(
            str(row["region"]),
            row["region"] == home,
            int(row["sources"]),
            tuple(
                cell(counts[one.key].get(row["region"], 0), lacking.get(one.key, {}).get(row["region"], ()))
                for one in columns
            ),
        )
        for row in regions
    )


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
