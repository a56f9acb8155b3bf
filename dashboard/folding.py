"""A long list or table: its first lines stand open, the others wait behind one line that says how many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from dashboard.frame import Frame
from dashboard.markup import Markup, element

T = TypeVar("T")


def folded(
    frame: Frame, lines: Sequence[T], shown: int, drawn: Callable[[Sequence[T]], Markup]
) -> tuple[Markup, Markup | None]:
    """The first `shown` lines drawn, and the fold with the others, None where all stand open."""
    rest = lines[shown:]
    if not rest:
        return drawn(lines), None
    summary = element("summary", frame.say("cascade.more", n=len(rest)))
    return drawn(lines[:shown]), element("details", summary, drawn(rest))


def folded_list(
    frame: Frame, items: Sequence[Markup], shown: int, cls: str, tag: str = "ul"
) -> tuple[Markup, Markup | None]:
    """The same of the items of one list."""
    return folded(frame, items, shown, lambda some: element(tag, *some, cls=cls))
