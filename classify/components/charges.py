"""Bodies that a bracket at the end of a sentence puts in charge: （省教育厅负责）, （工信部、公安部）."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from classify.components.anchors import SENTENCE, Anchors
from classify.components.responsible import bracketed, in_charge, labelled
from classify.departments.authority import Authority

_ENDS = frozenset(("", *SENTENCE))  # nothing at all at the end of the text


@dataclass(frozen=True, slots=True)
class Charge:
    """A sentence and the bodies that its bracket puts in charge."""

    left: int
    right: int
    who: tuple[str, ...]
    opens: int  # where the brackets begin that close the measure
    several: bool = False  # brackets side by side, maybe behind the measure's closing sign


class Charges:
    """The charges of a text; each is claimed by the duties of its sentence or stands alone."""

    def __init__(self, text: str, anchors: Anchors, known: Authority, home: str | None) -> None:
        found = {one.left: one for one in _charges(text, anchors, known, home)}
        for left, right, who, opens in labelled(text, anchors, known, home):
            found.setdefault(left, Charge(left, right, who, opens, True))
        self._charges = [found[left] for left in sorted(found)]
        self._lefts = [one.left for one in self._charges]
        self._claimed: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._lefts)

    def claim(self, left: int, right: int) -> tuple[str, ...]:
        """The bodies in charge of the sentence left..right; nothing when no bracket names any."""
        if not self._lefts:
            return ()
        index = bisect_left(self._lefts, left)
        if index >= len(self._charges) or self._lefts[index] >= right:
            return ()
        self._claimed.add(index)
        return self._charges[index].who

    def around(self, place: int) -> Charge | None:
        """The charge whose measure or brackets hold this place."""
        if not self._lefts:
            return None
        index = bisect_right(self._lefts, place) - 1
        one = self._charges[index] if index >= 0 else None
        return one if one is not None and place < one.right else None

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
        if closes:
            chain = _chain(text, anchors, sign, known, home)
            if chain is not None:
                if chain.left > last or (chain.left == last and chain.several):
                    yield chain
                    last = chain.left
                continue
        begin = signs[index - 1] + 1 if index else 0
        left, right = anchors.sentence(max(begin, sign - 1), max(sign, begin + 1))
        if left <= last or (closes and text[left] in "（("):
            continue
        who = bracketed(text, left, right, known, home)
        if who:
            opens = text.rfind("（", left, right)
            yield Charge(left, right, who, opens if closes and opens > left else right)
            last = left


def _chain(
    text: str, anchors: Anchors, end: int, known: Authority, home: str | None
) -> Charge | None:  # fmt: skip
    """Brackets side by side, or one that holds ；: （甲部牵头；乙部参与）（2023年底前完成） as one charge."""
    insides: list[str] = []
    opens = end
    while len(insides) < 3 and opens > 0 and text[opens - 1] == "）":
        at = text.rfind("（", max(0, opens - 240), opens - 1)
        inside = text[at + 1 : opens - 1]
        if at < 1 or "）" in inside or "\n" in inside:
            break
        insides.append(inside)
        opens = at
    if not insides or (len(insides) == 1 and not set("；;") & set(insides[0])):
        return None
    closed = text[opens - 1] in "。；;"  # the measure's own closing sign stands before the bracket
    left, _ = anchors.sentence(opens - 1 - closed, opens - closed)
    who = tuple(
        dict.fromkeys(name for inside in reversed(insides) for name in in_charge(inside, known, home))
    )
    if not who or left >= opens - closed:
        return None
    return Charge(left, end, who, opens, len(insides) > 1)


def _bracketed_ends(text: str, anchors: Anchors) -> list[int]:
    """Signs that end a sentence, or the end of the text, directly behind a bracket or before one."""
    found = set()
    for place in anchors.at("bracket"):
        if text[place] in "）)":
            if text[place + 1 : place + 2] in _ENDS:
                found.add(place + 1)
        elif place and text[place - 1] in _ENDS and text[place - 1] != "\n":
            found.add(place - 1)
    return sorted(found)
