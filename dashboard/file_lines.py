"""The lines of an attached file on a document's page: numbered, below the names of its pages and sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.found_words import found_words
from dashboard.frame import Frame
from dashboard.markup import Markup, element
from dashboard.pieces import highlighted
from warehouse.places import pages_from, spot_of

LONGEST = 60_000  # characters of one attachment that a page shows
_BEFORE = 20  # lines shown before one that a link asks for, when it stands farther down than is shown


@dataclass(frozen=True, slots=True)
class FileLines:
    """The part of a file's text that a page shows."""

    items: tuple[Markup, ...]
    first: int  # the first line shown, from 0
    lines: int  # how many are shown
    is_whole: bool
    is_asked: bool  # a link leads to one of the lines


def file_lines(
    frame: Frame, file: Mapping[str, Any], number: int, lines: Sequence[str], places: str | None
) -> FileLines:
    """The lines as list items; `places` is their map, empty for a text that a person corrected."""
    asked = _asked(frame, file, len(lines))
    shown = _within(lines)
    first = 0
    if asked is not None and asked >= len(shown):
        first = max(0, asked - _BEFORE)
        shown = _within(lines[first:])
    heads = page_heads(frame, lines, places)
    items = tuple(_items(frame, number, first, shown, places, heads, asked))
    return FileLines(items, first, len(shown), len(shown) == len(lines), asked is not None)


def page_heads(frame: Frame, lines: Sequence[str], places: str | None) -> dict[int, str]:
    """What stands above the first line of each page, slide, sheet and inner file, by that line."""
    heads: dict[int, str] = {}
    for line, kind, number in pages_from(places):
        if line < len(lines):
            told = _head(frame, kind, number, lines[line])
            heads[line] = f"{heads[line]} · {told}" if line in heads else told
    return heads


def head_line(told: str) -> Markup:
    """The mark between two lines of a text where another page or sheet begins."""
    return element("li", element("span"), element("div", told, cls="gb-meta"), cls="gb-mark")


def _items(
    frame: Frame,
    number: int,
    first: int,
    shown: Sequence[str],
    places: str | None,
    heads: Mapping[int, str],
    asked: int | None,
) -> Iterator[Markup]:
    for at, line in enumerate(shown, start=first):
        if at in heads:
            yield head_line(heads[at])
        here = at == asked
        row = spot_of(places, at).row
        told = frame.say("search.place-row", row=row) if row is not None else None
        marks = found_words(line, frame.parameters.get("q", "")) if here else []
        yield element(
            "li",
            element("span", str(at + 1), cls="gb-no", title=told),
            element("div", highlighted(line, marks)),
            id=f"a{number}p{at + 1}",
            cls="gb-here" if here else None,
            data_arrive=here,
            tabindex="-1" if here else None,
        )


def _head(frame: Frame, kind: str, number: int, line: str) -> str:
    """The mark above the first line of a page, slide, sheet or inner file; the name of these is the line."""
    return frame.say(f"search.place-{kind}", **{kind: number or line})


def _asked(frame: Frame, file: Mapping[str, Any], count: int) -> int | None:
    """The line, from 0, that a link to this file asks for (`file=…&line=12`, as people count)."""
    asked = frame.parameters.get("line", "")
    if frame.parameters.get("file") != file["url"] or not asked.isdecimal() or len(asked) > 9:
        return None
    return int(asked) - 1 if 0 < int(asked) <= count else None


def _within(lines: Sequence[str]) -> list[str]:
    """The lines from the first on that a page can hold; of a huge first one its beginning."""
    kept: list[str] = []
    room = LONGEST
    for line in lines:
        if kept and len(line) > room:
            break
        kept.append(line[:LONGEST])
        room -= len(line)
    return kept
