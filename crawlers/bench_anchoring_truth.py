"""Where a passage of one reading really stands in another: what `bench anchoring` judges by.

It is found otherwise than `warehouse/anchoring.py` finds it: not by context, but by laying both texts side
by side as wholes, or, where we changed the text ourselves, from the record of every letter.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from warehouse.anchoring import Letters
from warehouse.passages import Passage

_NEIGHBOURS = 16  # code points on each side
_RUN = 10  # letters that stand once in both texts tie them together

Place = tuple[int, int] | None | Literal["unknown"]  # of folded letters; None: the words are not there


def span_of(passage: Passage, text: Letters) -> tuple[int, int]:
    """The folded letters of a text that a passage means."""
    first = text.starts[passage.paragraph]
    return _inside(text, first + passage.start, first + passage.end)


@dataclass(frozen=True, slots=True)
class Sides:
    """Two readings side by side: ties in increasing order in both."""

    old: Letters
    new: Letters
    ties: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, old: Letters, new: Letters) -> Sides:
        """Tie the texts together by runs of letters that each has once, leaving out those that cross."""
        mine, its = _once(old.folded), _once(new.folded)
        pairs = sorted((at, its[run]) for run, at in mine.items() if run in its)
        return cls(old, new, tuple(_increasing(pairs)))

    def place(self, passage: Passage) -> Place:
        """Where the words of a passage of the old text stand in the new one."""
        start, end = span_of(passage, self.old)
        words = self.old.folded[start:end]
        before = bisect_right(self.ties, (start, len(self.new.folded))) - 1
        after = bisect_left(self.ties, (max(start, end - _RUN), 0))
        left = self.ties[before] if before >= 0 else (0, 0)
        right = self.ties[after] if after < len(self.ties) else (len(self.old.folded), len(self.new.folded))
        by = left[1] - left[0]
        if by == right[1] - right[0] and self.new.folded[start + by : end + by] == words:
            return start + by, end + by
        between = [at for at in _all(self.new.folded, words) if left[1] <= at < right[1] + _RUN]
        tied = [at for at in between if at - start in (by, right[1] - right[0])]
        if not between:
            return self._carried_off(words)
        found = between if len(between) == 1 else tied
        return (found[0], found[0] + len(words)) if len(found) == 1 else "unknown"

    def _carried_off(self, words: str) -> Place:
        """Words that are not where they should be: elsewhere, if both texts have them once, else gone."""
        here, there = _all(self.old.folded, words), _all(self.new.folded, words)
        if not there:
            return None
        return (there[0], there[0] + len(words)) if len(here) == len(there) == 1 else "unknown"


def recorded_place(passage: Passage, old: Letters, new: Letters, origins: Sequence[int | None]) -> Place:
    """The same, from the record of where each letter of the new text came from.

    By chance a copy may have come to stand just where its original went missing, between the same words: then
    nobody can say whether it is the passage.
    """
    first = old.starts[passage.paragraph]
    wanted = {at for at in range(first + passage.start, first + passage.end) if not old.joined[at].isspace()}
    found = [at for at, origin in enumerate(origins) if origin in wanted]
    if len(found) != len(wanted):
        between = f"{passage.before[-_NEIGHBOURS:]}{passage.text}{passage.after[:_NEIGHBOURS]}"
        return "unknown" if between in new.joined else None
    return _inside(new, found[0], found[-1] + 1)


def _inside(text: Letters, start: int, end: int) -> tuple[int, int]:
    return bisect_left(text.places, start), bisect_left(text.places, end)


def _once(folded: str) -> dict[str, int]:
    runs = [folded[at : at + _RUN] for at in range(len(folded) - _RUN + 1)]
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs that increases in both numbers."""
    ends: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, new) in enumerate(pairs):
        place = bisect_left(ends, new)
        if place == len(ends):
            ends.append(new)
            last.append(at)
        else:
            ends[place], last[place] = new, at
        before[at] = last[place - 1] if place else -1
    found, at = [], last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _all(text: str, words: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found
