"""Finding a pinned passage again in a text that a changed reader made: at its place, by its words, or not.

A passage that is not found is marked for a person; one that is found at a wrong place would make a false
reference, so that two places that fit equally well count as none.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal

from warehouse.passages import CONTEXT, Passage, context, words_at

State = Literal["exact", "moved", "lost"]

_MOST_PLACES = 2_000  # a passage that stands so often in a text is found by its context nowhere
_ONE_SIDE = 20  # code points of context that prove a place alone
_BOTH_SIDES = 20  # of both sides together, when each has `_EACH`
_EACH = 6
_AHEAD = 4  # by how many the best of several places must be ahead of the next
_LONG = 12  # words that may be proved by context close by that does not touch them
_NEAR = 2 * CONTEXT
_BEGIN, _END = "\x02", "\x03"  # where a text begins and ends is context too

_SAME_SIGNS = {
    **dict.fromkeys("“”„‟〝〞＂", '"'), **dict.fromkeys("‘’‚‛＇`´", "'"),
    **dict.fromkeys("‐‑‒–—―−－─━", "-"),
    **dict.fromkeys("·•・‧∙", "·"), **dict.fromkeys("。．｡", "."), "､": "、", "〔": "[", "〕": "]",
    "［": "[", "］": "]", "【": "[", "】": "]", "〈": "<", "〉": ">", "《": "<<", "》": ">>",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repeat:
    """Which one a passage is of the places in its own text that have its context too, and how often its words
    stand there at all.
    """

    nth: int = 1
    alike: int = 1
    times: int = 1


ONCE = Repeat()


@dataclass(frozen=True, slots=True)
class Anchored:
    """What became of a passage: its pin in the text (as it was, when lost).

    `stands` are the words as the text has them now, when they differ from the pinned ones in white space,
    width or kind of signs; '' when they are the same.
    """

    state: State
    passage: Passage
    stands: str = ""


class Letters:
    """A text folded for comparing: no white space, one width, one kind of each sign; made once a text."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.paragraphs = paragraphs
        self.joined = "\n".join(paragraphs)
        self.starts = [0, *accumulate(len(line) + 1 for line in paragraphs)]
        letters, self.places = [_BEGIN], [-1]
        for place, letter in enumerate(self.joined):
            told = _folded_letter(letter)
            letters.append(told)
            self.places += [place] * len(told)
        letters.append(_END)
        self.places.append(len(self.joined))
        self.folded = "".join(letters)


def anchored(
    passage: Passage,
    paragraphs: Sequence[str] | Letters,
    reading_id: str,
    version_no: int,
    repeat: Repeat = ONCE,
) -> Anchored:
    """Where the passage stands in a text, which is reading `reading_id` of version `version_no`.

    `repeat` is what `repeat_of` said of the text in which it was pinned: of places that are quite alike the
    order is kept when there are as many, and of words that are fewer than they were only all context proves.

    `exact`: the same words at the same place. `moved`: elsewhere, or with other white space or signs (see
    `stands`). `lost`: not found, or at several places that fit equally well. Linear in the text.
    """
    lines = paragraphs.paragraphs if isinstance(paragraphs, Letters) else paragraphs
    same_text = (passage.reading_id, passage.version_no) == (reading_id, version_no)
    if words_at(lines, passage) == passage.text and (same_text or _stands_once(passage, lines)):
        return Anchored("exact", _pinned(passage, lines, reading_id, version_no))
    text = paragraphs if isinstance(paragraphs, Letters) else Letters(paragraphs)
    found = _place(passage, text, repeat)
    if found is None:
        return Anchored("lost", passage)
    start, end = found
    paragraph = bisect_right(text.starts, start) - 1
    first = text.starts[paragraph]
    there = replace(passage, paragraph=paragraph, start=start - first, end=end - first)
    moved = (there.paragraph, there.start, there.end) != (passage.paragraph, passage.start, passage.end)
    stands = text.joined[start:end]
    differs = stands != passage.text
    state: State = "moved" if moved or differs else "exact"
    return Anchored(state, _pinned(there, lines, reading_id, version_no), stands if differs else "")


def repeat_of(passage: Passage, paragraphs: Sequence[str] | Letters) -> Repeat:
    """Of the places in its own text that have the words with the same context, which one the passage is."""
    text = paragraphs if isinstance(paragraphs, Letters) else Letters(paragraphs)
    wanted, sides = folded(passage.text), _Sides.of(passage)
    if not wanted or not passage.paragraph < len(text.paragraphs):
        return ONCE
    here = text.starts[passage.paragraph] + passage.start
    places = _occurrences(text, wanted)
    alike = [
        text.places[at] for at in places if sides.around(text.folded, at, at + len(wanted)).whole
    ]  # fmt: skip
    return Repeat(sum(place <= here for place in alike) or 1, len(alike) or 1, len(places) or 1)


def folded(text: str) -> str:
    """The letters of a text by which two readings of the same words are the same."""
    return "".join(map(_folded_letter, text))


def _stands_once(passage: Passage, lines: Sequence[str]) -> bool:
    """Whether the words with all their context stand at the place, and nowhere else."""
    if context(lines, passage.paragraph, passage.start, passage.end) != (passage.before, passage.after):
        return False
    whole, joined = f"{passage.before}{passage.text}{passage.after}", "\n".join(lines)
    return joined.find(whole, joined.find(whole) + 1) < 0


def _pinned(passage: Passage, lines: Sequence[str], reading_id: str, version_no: int) -> Passage:
    before, after = context(lines, passage.paragraph, passage.start, passage.end)
    return replace(passage, reading_id=reading_id, version_no=version_no, before=before, after=after)


def _place(passage: Passage, text: Letters, repeat: Repeat) -> tuple[int, int] | None:
    """The code points of the joined text where the passage stands; None without one certain place."""
    wanted = folded(passage.text)
    at = _occurrences(text, wanted) if wanted else []
    if not at or len(at) > _MOST_PLACES:
        return None
    sides = _Sides.of(passage)
    ranked = sorted(((sides.around(text.folded, one, one + len(wanted)), one) for one in at), reverse=True)
    (best, place), others = ranked[0], ranked[1:]
    if others and not best.clear_of(others[0][0]):
        alike = sorted(one for agreement, one in ranked if agreement.whole)
        if len(alike) < 2 or len(alike) != repeat.alike:
            return None
        place, others = alike[repeat.nth - 1], []
    if len(at) < repeat.times and not best.whole:
        return None
    if not best.proves(len(wanted)) and (others or not sides.near(text.folded, place, len(wanted))):
        return None
    return text.places[place], text.places[place + len(wanted) - 1] + 1


def _occurrences(text: Letters, wanted: str) -> list[int]:
    """Where the folded words stand, without those that begin or end within a letter that folds to several."""
    found: list[int] = []
    at = text.folded.find(wanted)
    while at >= 0 and len(found) <= _MOST_PLACES:
        places, end = text.places, at + len(wanted)
        if places[at] != places[at - 1] and places[end] != places[end - 1]:
            found.append(at)
        at = text.folded.find(wanted, at + 1)
    return found


@dataclass(frozen=True, slots=True, order=True)
class _Agreement:
    """How much of a passage's context stands around a place, folded."""

    together: int
    before: int
    after: int
    whole_before: bool
    whole_after: bool

    @property
    def whole(self) -> bool:
        """Whether all the context on both sides is there."""
        return self.whole_before and self.whole_after

    def clear_of(self, other: _Agreement) -> bool:
        """Whether this place fits so much better than another that it cannot be that one."""
        if self.whole and not other.whole:
            return True
        return self.together - other.together >= _AHEAD

    def proves(self, length: int) -> bool:
        """Whether the context alone proves the place of words of this length."""
        if self.whole:
            return True
        if max(self.before, self.after) >= _ONE_SIDE:
            return True
        if min(self.before, self.after) >= _EACH and self.together >= _BOTH_SIDES:
            return True
        # A whole side may be as short as the beginning of the text: then the words themselves must tell.
        return (self.whole_before or self.whole_after) and length + self.together >= _ONE_SIDE


@dataclass(frozen=True, slots=True)
class _Sides:
    """The context of a passage, folded; where the text began or ended within it, that is part of it."""

    before: str
    after: str

    @classmethod
    def of(cls, passage: Passage) -> _Sides:
        begin = _BEGIN if len(passage.before) < CONTEXT else ""
        end = _END if len(passage.after) < CONTEXT else ""
        return cls(begin + folded(passage.before), folded(passage.after) + end)

    def around(self, text: str, start: int, end: int) -> _Agreement:
        """The context that touches a place."""
        before = _shared(self.before[::-1], text[max(0, start - len(self.before)) : start][::-1])
        after = _shared(self.after, text[end : end + len(self.after)])
        whole = (before == len(self.before), after == len(self.after))
        return _Agreement(before + after, before, after, *whole)

    def near(self, text: str, start: int, length: int) -> bool:
        """Whether much of the context stands close to the only place of long words, without touching them."""
        if length < _LONG:
            return False
        sides = (
            (self.before, text[max(0, start - _NEAR) : start]),
            (self.after, text[start + length : start + length + _NEAR]),
        )
        return any(_longest_run(side, window) >= min(_BOTH_SIDES, len(side)) for side, window in sides)


def _shared(one: str, other: str) -> int:
    """How many letters two strings have in common from their beginning."""
    count = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            break
        count += 1
    return count


def _longest_run(side: str, window: str) -> int:
    return SequenceMatcher(None, side, window, autojunk=False).find_longest_match().size


def _folded_letter(letter: str) -> str:
    known = _FOLDED.get(letter)
    if known is None:
        known = _FOLDED[letter] = _fold(letter)
    return known


def _fold(letter: str) -> str:
    if letter in _SAME_SIGNS:
        return _SAME_SIGNS[letter]
    told = "".join(one for one in unicodedata.normalize("NFKC", letter) if not one.isspace())
    return "" if unicodedata.category(letter) in ("Cc", "Cf") else told


_FOLDED: dict[str, str] = {}  # letter -> its folded form; bounded by the letters there are
