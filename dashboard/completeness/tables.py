"""The tables of the page: gaps, series, what is cited and not held, and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.completeness.wish import PER_PAGE, Wish
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import day, number, quiet, table
from dashboard.words import known
from warehouse.publication import Publication
from warehouse.queries import pages_completeness as questions
from warehouse.queries import series as series_questions
from warehouse.queries import wanted as wanted_questions
from warehouse.queries.pages_listing import Selection

_CITING = 3
_Row = dict[str, Any]


def gaps(frame: Frame, wish: Wish) -> Markup:
    """Runs of missing numbers, between which days they were issued, and who says what of them."""
    marks = tuple(frame.desk.number_marks.holding())
    rows = _page(frame.read(_gaps, marks, *wish.of_series, wish.state, wish.page * PER_PAGE), wish)
    if not rows:
        return quiet(frame.say("complete.no-gaps"))
    heads = [frame.say(f"complete.{name}") for name in ("missing", "count", "state", "between", "known")]
    lines: list[list[Child]] = [
        [_numbers(row), row["missing"], _state(frame, row["state"]), _between(row), _known_of(frame, row)]
        for row in rows
    ]
    return table(heads, lines, frame.say("complete.gaps"), frozenset({1}))


def series(frame: Frame, wish: Wish) -> Markup:
    """Series with what is held of them, each number of missing ones open to its gaps."""
    rows = _page(frame.read(_series, *wish.of_series, wish.page * PER_PAGE), wish)
    if not rows:
        return quiet(frame.say("complete.no-series"))
    heads = [
        frame.say(f"complete.{name}")
        for name in ("one", "issuer", "held", "covered", "lacking", "days", "marks")
    ]
    lines: list[list[Child]] = [
        [
            _series_name(row),
            _body(frame, row["department_code"], row["department_name"]),
            f"{row['held']:,} / {row['highest']:,}",
            f"{row['coverage']:.0%}",
            _to_gaps(frame, row),
            f"{row['first_day'] or ''} – {row['last_day'] or ''}",
            join((element("span", frame.say(f"mark.{one}"), cls="gb-badge") for one in row["marks"]), " "),
        ]
        for row in rows
    ]
    return table(heads, lines, frame.say("complete.series"), frozenset({2, 3, 4}))


def wanted(frame: Frame, wish: Wish) -> Markup:
    """What documents name and nobody holds, what most works cite first, with who cites it."""
    rows = _page(frame.read(_wanted, wish.department, wish.kind, wish.page * PER_PAGE), wish)
    if not rows:
        return quiet(frame.say("complete.no-wanted"))
    heads = [frame.say(f"complete.{name}") for name in ("target", "cited", "last", "issuer", "citing")]
    lines: list[list[Child]] = [
        [
            _target(row),
            row["cited_by"],
            day(frame, row["last_cited"]),
            _body(frame, row["department_code"], row["department_name"]),
            _citing(frame, row["examples"]),
        ]
        for row in rows
    ]
    return table(heads, lines, frame.say("complete.wanted"), frozenset({1}))


def sources(frame: Frame) -> Markup:
    """How far each source can be trusted to be whole: documents, visits, and its part of the numbers."""
    rows = frame.read(questions.source_coverage)
    heads = [
        frame.say(name)
        for name in ("table.source", "table.documents", "table.latest", "table.verdict", "table.last_success",
                     "complete.in-series", "complete.covered")
    ]  # fmt: skip
    lines: list[list[Child]] = [
        [
            frame.named(row["name_zh"], row["name_en"]),
            number(frame, Selection(source=row["source_id"]), row["documents"]),
            str(row["latest"] or ""),
            _verdict(frame, row),
            frame.local(row["last_success"]) if row["last_success"] else frame.say("runs.never"),
            frame.link(f"{row['series']:,}", "completeness", of="series", source=row["source_id"])
            if row["series"]
            else "0",
            f"{row['numbers'] / row['highest']:.0%} ({row['numbers']:,} / {row['highest']:,})"
            if row["highest"]
            else "—",
        ]
        for row in rows
    ]
    return table(heads, lines, frame.say("complete.sources"), frozenset({1, 5}))


def _gaps(
    publication: Publication, marks: Any, organ: Any, year: Any, source: Any, state: Any, most: int
) -> list[_Row]:
    return series_questions.series_gaps(
        publication, marks, organ=organ, year=year, source=source, state=state, limit=most
    )


def _series(publication: Publication, organ: Any, year: Any, source: Any, most: int) -> list[_Row]:
    return series_questions.series_list(publication, organ=organ, year=year, source=source, limit=most)


def _wanted(publication: Publication, department: Any, kind: Any, most: int) -> list[_Row]:
    return wanted_questions.wanted_list(publication, department=department, kind=kind, limit=most)


def _page(rows: Sequence[_Row], wish: Wish) -> Sequence[_Row]:
    return rows[(wish.page - 1) * PER_PAGE :]


def _numbers(row: _Row) -> str:
    first = series_questions.number_of(row, row["first_serial"])
    return first if row["first_serial"] == row["last_serial"] else f"{first} – {row['last_serial']}"


def _state(frame: Frame, state: str) -> Markup:
    return element("span", frame.say(f"gap.{state}"), cls="gb-badge")


def _between(row: _Row) -> str:
    if not row["before_day"] and not row["after_day"]:
        return ""
    return f"{row['before_day'] or '…'} – {row['after_day'] or '…'}"


def _known_of(frame: Frame, row: _Row) -> Markup | None:
    """Documents that cite the number or say why it is missing, the list that names it, a person's note."""
    told: list[Child] = [
        frame.link(frame.say("complete.cited-in", n=place), "doc", id=document_id)
        for place, document_id in enumerate((row["cited_by"] or ())[:_CITING], start=1)
    ]
    if row["listed_at"]:
        told.append(element("span", frame.say("complete.listed"), " ", row["listed_at"], cls="gb-remark"))
    if row["said_by"] == "desk":
        told.append(frame.say("complete.said", note=row["note"]))
    elif row["said_by"]:
        told.append(frame.link(frame.say("complete.says"), "doc", id=row["said_by"]))
    return join(told, " · ") if told else None


def _series_name(row: _Row) -> str:
    return f"{row['word']}〔{row['year']}〕" if row["year"] else str(row["word"])


def _body(frame: Frame, code: str | None, name: str | None) -> Child:
    if not code:
        return name or ""
    return frame.link(frame.body_name(code, name), "departments", d=code)


def _to_gaps(frame: Frame, row: _Row) -> Child:
    if not row["missing"]:
        return "0"
    return frame.link(f"{row['missing']:,}", "completeness", organ=row["word"], year=row["year"])


def _target(row: _Row) -> str:
    title = f"《{row['target_title']}》" if row["target_title"] else ""
    return " ".join(part for part in (title, row["target_number"]) if part)


def _citing(frame: Frame, examples: Sequence[_Row]) -> Markup:
    items = (
        element(
            "li",
            element("span", known(frame.language, f"citation.{one['kind']}", one["kind"]), cls="gb-badge"),
            " ",
            frame.link(one["title"] or frame.say("word.untitled"), "doc", id=one["document_id"]),
        )
        for one in examples
    )
    return element("ul", *items, cls="gb-citations")


def _verdict(frame: Frame, row: _Row) -> Child:
    if not row["enabled"]:
        return frame.say("runs.disabled")
    name = row["verdict"] or "never"
    return element("span", known(frame.language, f"verdict.{name}", name), cls=f"gb-badge gb-verdict-{name}")
