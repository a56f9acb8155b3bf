"""Bodies that a bracket at the end of a sentence puts in charge: （省教育厅负责）, （工信部、公安部）."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from classify.components.anchors import Anchors
from classify.components.responsible import bracketed
from classify.departments.authority import Authority


@dataclass(frozen=True, slots=True)
class Charge:
    """A sentence and the bodies that its bracket puts in charge."""

    left: int
    right: int
    who: tuple[str, ...]


class Charges:
    """The charges of a text; each is claimed by the duties of its sentence or stands alone."""

    def __init__(self, text: str, anchors: Anchors, known: Authority, home: str | None) -> None:
        self._charges = list(_charges(text, anchors, known, home))
        self._lefts = [one.left for one in self._charges]
        self._claimed: set[int] = set()

    def claim(self, left: int, right: int) -> tuple[str, ...]:
        """The bodies in charge of the sentence left..right; nothing when no bracket names any."""
        index = bisect_left(self._lefts, left)
        if index >= len(self._charges) or self._lefts[index] >= right:
            return ()
        self._claimed.add(index)
        return self._charges[index].who

    def unclaimed(self) -> Iterator[Charge]:
        """Charges of sentences without a modal word or a deadline."""
        return (one for index, one in enumerate(self._charges) if index not in self._claimed)


def _charges(text: str, anchors: Anchors, known: Authority, home: str | None) -> Iterator[Charge]:
    """Sentences that end with a bracket, before or behind the closing sign, which names bodies."""
    last = -1
    signs = anchors.at("sentence")
    for sign in _bracketed_ends(text, anchors):
        index = bisect_left(signs, sign)
        closes = sign > 0 and text[sign - 1] in "）)"
        begin = signs[index - 1] + 1 if index else 0
        left, right = anchors.sentence(max(begin, sign - 1), max(sign, begin + 1))
        if left <= last or (closes and text[left] in "（("):
            continue
        who = bracketed(text, left, right, known, home)
        if who:
            yield Charge(left, right, who)
            last = left


def _bracketed_ends(text: str, anchors: Anchors) -> list[int]:
    """Signs that end a sentence, or the end of the text, directly behind a bracket or before one."""
    ends = set(anchors.at("sentence")) if anchors.at("bracket") else set()
    ends.add(len(text))
    found = set()
    for place in anchors.at("bracket"):
        if text[place] in "）)":
            if place + 1 in ends:
                found.add(place + 1)
        elif place - 1 in ends and text[place - 1] != "\n":
            found.add(place - 1)
    return sorted(found)
