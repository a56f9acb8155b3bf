"""Who names a measure, since when, and how long after the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.compare.sides import Side, not_found
from dashboard.compare.targets import to_sentence
from dashboard.compare.wish import Wish
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element
from dashboard.pieces import basis_line, day, issuer_of, quiet, section, table
from warehouse.errors import UserError
from warehouse.queries import compare


def first_days(frame: Frame, wish: Wish, sides: Sequence[Side]) -> list[tuple[Side, dict[str, Any] | None]]:
    """Each side with its earliest document that names the words; the first of all first, not found last."""
    found = [(side, _first(frame, wish, side)) for side in sides]
    return sorted(found, key=lambda one: (one[1] is None, str(one[1]["published"]) if one[1] else ""))


def measure_section(frame: Frame, wish: Wish, sides: Sequence[Side]) -> Markup | None:
    """The earliest document of each side with its sentence and its days after the first."""
    title = frame.say("sides.measure-title")
    if not wish.words:
        return section(title, quiet(frame.say("sides.measure-ask")), basis_line(frame), anchor="measure")
    found = first_days(frame, wish, sides)
    begun = next((row["published"] for _, row in found if row), None)
    heads = [frame.say(f"sides.head-{name}") for name in (wish.kind, "since", "lag", "sentence", "naming")]
    rows = [_line(frame, wish, side, row, begun) for side, row in found]
    return section(
        title,
        table(heads, rows, title, frozenset({4})),
        basis_line(frame),
        note=frame.say("sides.measure-note", words=wish.words),
        anchor="measure",
    )


def _line(frame: Frame, wish: Wish, side: Side, row: dict[str, Any] | None, begun: Any) -> list[Child]:
    if row is None:
        return [side.name, not_found(frame), "", "", ""]
    lag = (row["published"] - begun).days
    told = frame.say("sides.lag", n=lag) if lag else frame.say("sides.is-first")
    quote = (
        to_sentence(frame, row["sentence"], {**row, "fact_id": None})
        if row["sentence"]
        else frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"])
    )
    remark = element("span", issuer_of(frame, row), " ", row["title"], cls="gb-remark")
    query = '"' + wish.words.replace('"', " ") + '"'
    own = {"region": side.key} if wish.kind == "region" else {"department": side.key}
    all_ = frame.link(f"{row['documents']:,}", "docs", "gb-number", s=query, **own)
    return [side.name, day(frame, row["published"]), told, [quote, " ", remark], all_]


def _first(frame: Frame, wish: Wish, side: Side) -> dict[str, Any] | None:
    try:
        return frame.read(compare.first_named, wish.kind, side.key, wish.words)
    except UserError:  # a region or body that holds no document is none of the index
        return None
