"""The index of cascades: what was followed most in two years, and what still waits for lower levels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from dashboard.folding import folded
from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_of, day, days_left, issuer_of, quiet, section, table
from warehouse.queries import cascades

_YEARS = timedelta(days=730)
_PAST, _AHEAD, _DAY = timedelta(days=180), timedelta(days=730), timedelta(days=1)
_OPEN_SHOWN = 12


def cascade_index(frame: Frame) -> None:
    """Draw both lists, each with what it rests on."""
    now = frame.today
    since = now - _YEARS
    show(
        element("h1", frame.say("nav.cascade")),
        element("p", frame.say("cascade.index-lead", since=since), cls="gb-coverage"),
        _followed(frame, frame.read(cascades.most_followed, since)),
        _open(
            frame,
            frame.read(cascades.open_ones, since, now, now + _AHEAD, now, cascades.MOST_LISTED),
            frame.read(cascades.open_ones, since, now - _PAST, now - _DAY, now, cascades.MOST_LISTED),
        ),
    )


def _followed(frame: Frame, rows: list[dict[str, Any]]) -> Markup:
    title = frame.say("cascade.most-title")
    if not rows:
        return section(title, quiet(frame.say("cascade.none-followed")))
    heads = [frame.say(f"cascade.head-{name}") for name in ("document", "issuer", "cited", "weak", "lag")]
    cells = [(*_document(frame, row), row["followers"], row["candidates"], _lag(frame, row)) for row in rows]
    return section(
        title,
        table(heads, cells, title, frozenset({2, 3})),
        basis_of(frame, [row["document_id"] for row in rows]),
        note=frame.say("cascade.most-note"),
    )


def _open(frame: Frame, ahead: list[dict[str, Any]], past: list[dict[str, Any]]) -> Markup:
    """What is still to come, and below it what is past: neither is cut away by the other."""
    title = frame.say("cascade.open-title")
    if not ahead and not past:
        return section(title, quiet(frame.say("cascade.none-open")))
    parts = [
        part for name, rows in (("ahead", ahead), ("past", past)) for part in _waiting(frame, name, rows)
    ]
    ids = dict.fromkeys(row["document_id"] for row in (*ahead, *past))
    return section(title, *parts, basis_of(frame, [*ids]), note=frame.say("cascade.open-note"))


def _waiting(frame: Frame, name: str, rows: list[dict[str, Any]]) -> list[Markup]:
    """One of both tables under its heading, its later rows behind a fold that counts them."""
    if not rows:
        return []
    n = f"{len(rows)}+" if len(rows) >= cascades.MOST_LISTED else len(rows)
    title = frame.say(f"cascade.open-{name}", n=n)
    first, rest = folded(frame, rows, _OPEN_SHOWN, lambda some: _open_table(frame, title, some))
    return [element("h3", title), first, *([rest] if rest else [])]


def _open_table(frame: Frame, title: str, rows: Sequence[dict[str, Any]]) -> Markup:
    names = ("document", "issuer", "due", "duties", "followers")
    heads = [frame.say(f"cascade.head-{name}") for name in names]
    none = frame.say("cascade.none-seen")
    cells = [
        (*_document(frame, row), _due(frame, row), row["duties"], row["followers"] or none) for row in rows
    ]
    return table(heads, cells, title, frozenset({3}))


def _document(frame: Frame, row: dict[str, Any]) -> tuple[Child, Child]:
    title = frame.link(row["title"] or frame.say("word.untitled"), "cascade", id=row["document_id"])
    printed = element("span", row["doc_number"] or "", " ", day(frame, row["published"]), cls="gb-remark")
    return join((title, printed)), issuer_of(frame, row)


def _lag(frame: Frame, row: dict[str, Any]) -> str:
    if row["first_lag"] == row["last_lag"]:
        return frame.say("cascade.one-lag", first=row["first_lag"])
    return frame.say("cascade.lag", first=row["first_lag"], middle=row["middle_lag"], last=row["last_lag"])


def _due(frame: Frame, row: dict[str, Any]) -> Markup:
    when = element("time", str(row["due"]), datetime=str(row["due"]))
    return join((when, " ", element("span", days_left(frame, row["due"]), cls="gb-remark")))
