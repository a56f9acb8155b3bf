"""Where the rare signs of a text stand, found in one pass: every reader of facts starts from these places.

Regular expressions over a whole text cost most of the time of extraction; a table of sign classes looked up
for all code points at once costs a hundredth of it, and what is left to read lies around each place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
from numpy.typing import NDArray

REACH = 320  # a sentence is looked for at most so many characters to either side
SENTENCE = "。！？；;!?\n"
GROUPS = {
    "sentence": SENTENCE,
    "clause": SENTENCE + "，：,:",
    "title": "《",
    "number": "号",
    "limit": "前内",
    "until": "到截延年闭晚迟限",
    "ahead": "提",
    "modal": "应须必禁负要请严务需得准由职",
    "article": "法例典约",
    "money": "元",
    "contact": "联承咨",
    "reach": "到达低少高超在破长降增",
    "problem": "题板患弱滞难",
    "measure": "施制动台程",
    "standard": "件准格质",
}
_LAST = 0xFFFF


def _table() -> NDArray[np.uint16]:
    table = np.zeros(_LAST + 1, dtype=np.uint16)
    for bit, signs in enumerate(GROUPS.values()):
        for sign in signs:
            table[ord(sign)] |= 1 << bit
    return table


_TABLE = _table()
_BITS = {name: 1 << bit for bit, name in enumerate(GROUPS)}


class Anchors:
    """The places of each group of signs in a text, and the clause and the sentence around a place."""

    __slots__ = ("_groups", "_lists", "_places", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        kinds = _TABLE[np.minimum(codes, _LAST)]
        self._places = np.flatnonzero(kinds)
        self._groups = kinds[self._places]
        self._lists: dict[str, list[int]] = {}

    def at(self, group: str) -> list[int]:
        """The places of a group's signs, from left to right."""
        found = self._lists.get(group)
        if found is None:
            found = self._places[(self._groups & _BITS[group]) != 0].tolist()
            self._lists[group] = found
        return found

    def clause(self, place: int) -> tuple[int, int]:
        """Where the clause that holds this place begins and where its closing sign stands."""
        signs = self._lists.get("clause") or self.at("clause")
        index = bisect_left(signs, place)
        left = signs[index - 1] + 1 if index else 0
        return left, signs[index] if index < len(signs) else len(self.text)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence that holds start..end begins and ends, its closing sign included."""
        signs, text = self._lists.get("sentence") or self.at("sentence"), self.text
        index = bisect_left(signs, start)
        left = max(signs[index - 1] + 1 if index else 0, start - REACH)
        index = bisect_right(signs, end - 1, index)
        right = min(signs[index] + 1 if index < len(signs) else len(text), end + REACH, len(text))
        while left < start and text[left] in " \u3000\n\t":
            left += 1
        return left, right

    def said(self, start: int, end: int) -> str:
        """That sentence without outer white space."""
        left, right = self.sentence(start, end)
        return self.text[left:right].strip()
