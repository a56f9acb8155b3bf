"""Open points in a draft's text: those of earlier issues as lines, those that a text leaves open or closes.

A point is an item of a list that begins with 待跟进： or 已办结： (`Open:`, `Done:`), in whatever section;
below a heading 待跟进 (`Open points`) every item is one. A point of which an issue does not speak stays open.
A point keeps its references, so that it can be checked in the next draft as it was in this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.drafting.grammar import MARK, mark_text, parse
from dashboard.drafting.model import Heading, Item, Text
from dashboard.words import say
from warehouse.desk import Desk
from warehouse.desk.issues.model import OpenPoint

_HEADINGS = re.compile(r"待跟进(?:事项)?|open points", re.IGNORECASE)
_STATE = re.compile(r"(?P<open>待跟进|open)\s*[：:]\s*|(?P<done>已办结|done)\s*[：:]\s*", re.IGNORECASE)
_RAISED = re.compile(r"\s*(?:（上期提出）|（此前提出）|\(raised in the last issue\)|\(raised earlier\))\s*$")
_NOTHING = re.compile(r"(?:无|暂无|none|nothing)[。.]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Points:
    """What a text says of points: the words of those it leaves open and of those it tells to be done."""

    open: tuple[str, ...]
    done: tuple[str, ...]


def open_points(desk: Desk, series: str) -> list[OpenPoint]:
    """The points that the issues of a series left open, the oldest first: what its next draft begins with."""
    return desk.issues.points.of(series)


def point_lines(desk: Desk, series: str, language: str) -> list[str]:
    """The open points of a series as lines for a draft, with their state.

    An analyst who writes 已办结 (Done) in the place of 待跟进 (Open) closes the point with the approval.
    """
    points = open_points(desk, series)
    last = desk.issues.last(series)
    return [_line(one, last is not None and one.issue_id == last.issue_id, language) for one in points]


def without_marks(text: str) -> str:
    """The words of a point as readers see them."""
    return MARK.sub("", text)


def points_of(text: str) -> Points:
    """The points that a draft's text names, each once."""
    found: dict[str, list[str]] = {"open": [], "done": []}
    below: int | None = None  # level of the heading whose items all are points
    for block in parse(text).blocks:
        if isinstance(block, Heading):
            if below is None or block.level <= below:
                below = block.level if _HEADINGS.fullmatch(block.text.text.strip()) else None
        elif isinstance(block, Item):
            state, words = _read(_marked(block.text), below is not None)
            if state and words and not _NOTHING.fullmatch(words):
                found[state].append(words)
    return Points(_once(found["open"]), _once(found["done"]))


def _line(point: OpenPoint, is_last: bool, language: str) -> str:
    raised = say(language, "reports.point-last" if is_last else "reports.point-earlier")
    return f"{say(language, 'reports.point-open')}{point.text}{raised}"


def _marked(text: Text) -> str:
    """The text with its references where they stand."""
    parts, at = [], 0
    for mark in text.marks:
        parts += [text.text[at : mark.at], mark_text(mark)]
        at = mark.at
    return "".join((*parts, text.text[at:]))


def _read(text: str, listed: bool) -> tuple[str, str]:
    """The state and words of an item; no state for an item that is no point."""
    one_line = " ".join(text.split())
    said = _STATE.match(one_line)
    if said is None:
        return ("open" if listed else ""), _RAISED.sub("", one_line)
    return ("done" if said["done"] else "open"), _RAISED.sub("", one_line[said.end() :])


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
