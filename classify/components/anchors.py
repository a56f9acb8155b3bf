"""Where the rare signs of a text stand, found in one pass: every reader of facts starts from these places.

Regular expressions over a whole text cost most of the time of extraction; a table of sign classes looked up
for all code points at once costs a hundredth of it, and what is left to read lies around each place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

import numpy as np
from numpy.typing import NDArray

from warehouse.personal.signs import ODD, WIDE

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
    "bracket": "（）()",
    "since": "起",
    "from": "自",
    "term": "期",
    "last": "至到截",
    "wide": WIDE,
    "run": "0123456789 -." + ODD,  # of numbers; digits of every other script are added
}
SINGLE = "\t身住叫我籍信访电友网村主死伤您你：:护"  # signs that are asked for one by one
_LAST = 0xFFFF


def _classes() -> dict[str, int]:
    """Signs of the same groups share a class, those asked for one by one have their own; 0 is all others."""
    numbers: dict[tuple[str, ...], int] = {}
    signs = dict.fromkeys("".join(GROUPS.values()) + SINGLE)
    alike = {
        sign: (sign if sign in SINGLE else "", *(name for name, group in GROUPS.items() if sign in group))
        for sign in signs
    }
    return {sign: numbers.setdefault(group, len(numbers) + 1) for sign, group in alike.items()}


_CLASS = _classes()
_MEMBERS = {
    name: sorted({_CLASS[sign] for sign in signs})
    for name, signs in (*GROUPS.items(), *((sign, sign) for sign in SINGLE))
}
_COUNT = max(_CLASS.values()) + 1
_RUN = _CLASS["0"]


def _table() -> NDArray[np.uint8]:
    table: NDArray[np.uint8] = np.zeros(_LAST + 1, dtype=np.uint8)
    table[[code for code in range(_LAST) if chr(code).isdecimal()]] = _RUN
    table[[ord(sign) for sign in _CLASS]] = list(_CLASS.values())
    table[_LAST] = _RUN  # all beyond the table, digits among them
    return table


_TABLE = _table()


class Anchors:
    """The places of each group of signs in a text, and the clause and the sentence around a place.

    `whole`: the text of which this is the beginning that is read.
    """

    __slots__ = ("_cuts", "_kinds", "_lists", "_places", "numbers", "text", "whole")

    def __init__(self, text: str, whole: str | None = None) -> None:
        self.text = text
        self.whole = text if whole is None else whole
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self._kinds = _TABLE.take(codes, mode="clip").tobytes()
        self._places: list[int] = []
        self._cuts: list[int] = []
        self._lists: dict[str, list[int]] = {}
        self.numbers: list[Any] | None = None  # kept by `number_places.numbers_of`

    def has(self, *names: str) -> bool:
        """Whether any sign of these groups, or any of these signs of SINGLE, stands in the text."""
        for name in names:
            for one in _MEMBERS[name]:
                if one in self._kinds:
                    return True
        return False

    def has_run(self, length: int) -> bool:
        """Whether so many digits, spaces and hyphens may follow each other."""
        return bytes((_RUN,)) * length in self._kinds

    def at(self, group: str) -> list[int]:
        """The places of a group's signs, from left to right."""
        found = self._lists.get(group)
        if found is None:
            found = self._lists[group] = self._listed(_MEMBERS[group])
        return found

    def _listed(self, classes: list[int]) -> list[int]:
        if not self._cuts:
            kinds = np.frombuffer(self._kinds, dtype=np.uint8)
            places = (kinds != 0).nonzero()[0]
            signs = kinds[places]
            self._places = places[signs.argsort(kind="stable")].tolist()
            self._cuts = np.bincount(signs, minlength=_COUNT).cumsum().tolist()
        places_of, cuts = self._places, self._cuts
        if len(classes) == 1:
            return places_of[cuts[classes[0] - 1] : cuts[classes[0]]]
        found: list[int] = []
        for one in classes:
            found += places_of[cuts[one - 1] : cuts[one]]
        found.sort()  # a few ascending runs, which are merged
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
        left = signs[index - 1] + 1 if index else 0
        if left < start - REACH:
            left = start - REACH
        if index < len(signs) and signs[index] < end:
            index = bisect_right(signs, end - 1, index)
        right = signs[index] + 1 if index < len(signs) else len(text)
        if right > end + REACH:
            right = min(end + REACH, len(text))
        while left < start and text[left] in " \u3000\n\t":
            left += 1
        return left, right

    def said(self, start: int, end: int) -> str:
        """That sentence without outer white space."""
        left, right = self.sentence(start, end)
        return self.text[left:right].strip()
