"""Why a quotation is not in its source: the words that come nearest to it, and how they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dashboard.checking.held import Held
from dashboard.checking.plain import origin, plain
from warehouse.masking import MASK

_GRAM = 5
_BUCKET = 24
_LIKE = 0.55  # share of a quotation that its nearest words must have in common with it to be shown
_LONGEST = 4_000
_LEAST_JOINED = 4


@dataclass(frozen=True)
class Nearest:
    """The words of a source that come nearest to a quotation."""

    held: Held
    start: int
    end: int
    written: str  # the first words of the quotation that differ, with a little around them
    source: str  # those of the source
    masked: bool  # the difference is what the source shows only masked

    @property
    def text(self) -> str:
        """The words as the source has them."""
        return self.held.text[self.start : self.end]


def nearest(words: str, texts: Iterable[Held]) -> Nearest | None:
    """The nearest words among these texts, None when nothing comes near."""
    asked = plain(words)[:_LONGEST]
    found: tuple[float, Held, int, int] | None = None
    for held in texts:
        place = _window(asked, held.plain)
        if place is None:
            continue
        start, end = place
        blocks = SequenceMatcher(None, asked, held.plain[start:end], autojunk=False).get_matching_blocks()
        ratio = sum(one.size for one in blocks if one.size > 1) / len(asked)
        if found is None or ratio > found[0]:
            found = (ratio, held, start, end)
    if found is None or found[0] < _LIKE:
        return None
    return _told(asked, *found[1:])


def joined(words: str, held: Held) -> tuple[str, str] | None:
    """The two parts of a quotation that stand in the text, but not one behind the other; None when it is
    not made of two.
    """
    asked = plain(words).rstrip(".")
    head = _longest(asked, held.plain)
    rest = asked[head:].lstrip(".,;:")
    if head < _LEAST_JOINED or len(rest) < _LEAST_JOINED or rest not in held.plain:
        return None
    return asked[:head], rest


def _longest(asked: str, text: str) -> int:
    """How long the longest beginning is that stands in the text."""
    low, high = 0, len(asked)
    while low < high:
        middle = (low + high + 1) // 2
        if asked[:middle] in text:
            low = middle
        else:
            high = middle - 1
    return low


def _window(asked: str, text: str) -> tuple[int, int] | None:
    """The part of the text that shares the most runs of signs with what is asked, in about its order."""
    if len(asked) < _GRAM or not text:
        return None
    votes: Counter[int] = Counter()
    for at in range(0, len(asked) - _GRAM + 1, max(1, len(asked) // 200)):
        place = text.find(asked[at : at + _GRAM])
        seen = 0
        while place >= 0 and seen < 50:
            votes[(place - at) // _BUCKET] += 1
            place, seen = text.find(asked[at : at + _GRAM], place + 1), seen + 1
    if not votes:
        return None
    bucket = max(votes, key=lambda one: votes[one] + votes[one + 1] + votes[one - 1])
    start = max(0, (bucket - 1) * _BUCKET)
    return start, min(len(text), start + len(asked) + 3 * _BUCKET)


def _told(asked: str, held: Held, start: int, end: int) -> Nearest:
    window = held.plain[start:end]
    blocks = [
        one for one in SequenceMatcher(None, asked, window, autojunk=False).get_matching_blocks() if one.size
    ]
    first, last = blocks[0], blocks[-1]
    low = max(0, first.b - first.a)
    high = min(len(window), last.b + last.size + len(asked) - last.a - last.size)
    changes = [
        one
        for one in SequenceMatcher(None, asked, window[low:high], autojunk=False).get_opcodes()
        if one[0] != "equal"
    ]
    written, source = _around(asked, window[low:high], changes)
    masked = bool(changes) and all(
        set(window[low:high][b1:b2]) <= {MASK} and b1 < b2 for _, _, _, b1, b2 in changes
    )
    begin, stop = origin(held.text, start + low, start + high)
    return Nearest(held, begin, stop, written, source, masked)


def _around(asked: str, window: str, changes: Sequence[tuple[str, int, int, int, int]]) -> tuple[str, str]:
    """What differs first, with six signs on either side."""
    if not changes:
        return asked, window
    _, a1, a2, b1, b2 = changes[0]
    return asked[max(0, a1 - 6) : a2 + 6], window[max(0, b1 - 6) : b2 + 6]
