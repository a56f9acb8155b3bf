"""Where in an English text a pattern can match at all: around its rare words or digits.

A regular expression that begins with a word border is tried at every sign of a text. Each such pattern of
ours needs one of a few fixed words (shall, require …) or a digit; `str.find` finds these many times quicker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_DIGIT = re.compile(r"\d")
KEPT = 64  # texts whose reading is kept: several components ask for each document of a batch
_BEHIND = 16  # at least so much behind a word, lest a window end within it


def matches(
    pattern: re.Pattern[str], text: str, words: Iterable[str], before: int, behind: int
) -> Iterator[re.Match[str]]:
    """What `pattern.finditer(text)` finds, when every match holds one of `words`.

    A match begins at most `before` characters ahead of a word and ends at most `behind` after its start.
    """
    return within(pattern, text, places(text, words), before, behind)


def places(text: str, words: Iterable[str]) -> list[int]:
    """Where any of these words begins, in order."""
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + len(word))
    found.sort()
    return found


def digits(text: str, step: int) -> list[int]:
    """A digit of every run of digits; of runs that stand closer than `step` not every one."""
    found = []
    hit = _DIGIT.search(text)
    while hit is not None:
        found.append(hit.start())
        hit = _DIGIT.search(text, hit.start() + step)
    return found


def within(
    pattern: re.Pattern[str], text: str, signs: Iterable[int], before: int, behind: int
) -> Iterator[re.Match[str]]:
    """The matches of a pattern around these places, which ascend; windows that touch are read as one."""
    low, high = -1, -1
    for sign in signs:
        if sign - before > high:
            if high > 0:
                yield from pattern.finditer(text, low, high)
            low = max(0, sign - before)
        high = sign + behind + _BEHIND
    if high > 0:
        yield from pattern.finditer(text, low, high)
