"""Finding the words of a quotation in a document: as they stand, or but for spaces, width and sign forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dashboard.checking.held import CitedDocument, Held
from dashboard.checking.plain import origin, plain, unbroken
from warehouse.passages import Passage

_ELLIPSIS = re.compile(r"\s*[\[(（［【〔]?\s*(?:…+|⋯+|\.{3,}|\.(?: \.){2,}|。{3,})\s*[\])）］】〕]?\s*")
_LEAST_PART = 3  # signs of a plain text that a part beside an ellipsis must have, or two words
_TAIL = ".,;:!?、…'"
_BROKEN = re.compile(r"(?<=[\w.,])\n(?=[\w.,])", re.ASCII)  # as narrow windows break Chinese lines
_NUMERAL = "〇零一二三四五六七八九十百千万亿两"
_SCALE = "十百千万亿"


@dataclass(frozen=True)
class Match:
    """Where a quotation stands: places count code points of the held text."""

    held: Held
    exact: bool
    start: int
    end: int
    skipped: tuple[tuple[int, int], ...] = ()  # what …… stands for
    cut: str = ""  # signs at the end of the quotation that the source does not have there

    @property
    def source(self) -> str:
        """The words as the source has them."""
        return self.held.text[self.start : self.end]


def find(words: str, document: CitedDocument, passage: Passage | None = None) -> Match | None:
    """The best place of a quotation in a document, None when it stands in no text held of it.

    Today's texts come before former ones, as it stands before but for forms, whole before with words left
    out, and the passage that an item pins before other places of its text.
    """
    words = words.strip()
    for texts in ((document.body, document.heading, *document.files), document.former):
        for way in (_as_it_stands, _but_for_forms, _without_tail, _in_parts):
            for held in texts:
                match = way(words, held, _near(held, passage))
                if match is not None:
                    return match
    return None


def _near(held: Held, passage: Passage | None) -> int:
    """The place from which to look first: where the passage begins."""
    if passage is None or held.where != "body" or held.version_no != passage.version_no:
        return 0
    return held.offset(passage.paragraph, passage.start)


def _as_it_stands(words: str, held: Held, near: int) -> Match | None:
    for at in _places(words, held.text, near):
        return Match(held, True, at, at + len(words))
    return None


def _but_for_forms(words: str, held: Held, near: int) -> Match | None:
    place = _plain_place(words, held, near)
    if place is not None:
        return Match(held, False, *place)
    for mine in {unbroken(words), _BROKEN.sub("", words)} - {words}:
        place = _plain_place(mine, held, near)
        if place is not None:
            return Match(held, False, *place)
    return _in_broken_lines(words, held)


def _in_broken_lines(words: str, held: Held) -> Match | None:
    """In a source whose lines divide words by hyphens: only its whole paragraphs can be named then."""
    joined = unbroken(held.text)
    if joined == held.text:
        return None
    letters, asked = plain(joined), plain(unbroken(words))
    at = next(_places(asked, letters, 0), None)
    if at is None:
        return None
    head = asked[: max(1, len(asked) // 4)]
    start = held.plain.find(head)
    first = origin(held.text, start, start + len(head))[0] if start >= 0 else 0
    return Match(held, False, first, min(len(held.text), first + 2 * len(words)))


def _without_tail(words: str, held: Held, near: int) -> Match | None:
    """A sign at the end that belongs to the sentence around the quotation, as American usage puts it."""
    asked = plain(words)
    shorter = asked.rstrip(_TAIL)
    if shorter == asked or not shorter:
        return None
    for at in _plain_places(shorter, held, 0):
        start, end = origin(held.text, at, at + len(shorter))
        return Match(held, False, start, end, cut=asked[len(shorter) :])
    return None


def _in_parts(words: str, held: Held, near: int) -> Match | None:
    """With words left out: the parts follow each other in order in one text, nowhere farther apart than need
    be.
    """
    parts = [one for one in (plain(part) for part in _ELLIPSIS.split(words)) if one]
    if not _ELLIPSIS.search(words) or not parts or any(not _is_part(one) for one in parts):
        return None
    parts[-1] = _trimmed(parts[-1], held.plain)
    best: list[tuple[int, int]] | None = None
    for first in _plain_places(parts[0], held, 0):
        places = _following(parts, held, first)
        if places is None:
            break
        if best is None or places[-1][1] - places[0][0] < best[-1][1] - best[0][0]:
            best = places
    if best is None:
        return None
    origins = [origin(held.text, start, end) for start, end in best]
    skipped = tuple((one[1], other[0]) for one, other in pairwise(origins))
    return Match(held, False, origins[0][0], origins[-1][1], skipped)


def _following(parts: list[str], held: Held, first: int) -> list[tuple[int, int]] | None:
    places = [(first, first + len(parts[0]))]
    for part in parts[1:]:
        at = next((at for at in _plain_places(part, held, 0) if at >= places[-1][1]), None)
        if at is None:
            return None
        places.append((at, at + len(part)))
    return places


def _trimmed(part: str, text: str) -> str:
    if part in text:
        return part
    shorter = part.rstrip(_TAIL)
    return shorter if shorter and shorter in text else part


def _is_part(part: str) -> bool:
    return len(part) >= _LEAST_PART and (not part.isascii() or " " in part or len(part) >= 8)


def _plain_place(words: str, held: Held, near: int) -> tuple[int, int] | None:
    asked = plain(words)
    if not asked:
        return None
    before = len(plain(held.text[:near])) if near else 0
    at = next(_plain_places(asked, held, before), None)
    return origin(held.text, at, at + len(asked)) if at is not None else None


def _places(words: str, text: str, near: int) -> Iterator[int]:
    """Where the words stand whole: from `near` on, then from the beginning."""
    for at in _anywhere(words, text, near):
        if is_whole(text, at, at + len(words)):
            yield at


def _plain_places(words: str, held: Held, near: int) -> Iterator[int]:
    """The same in the text as it is compared; where spaces are gone, the text itself tells what is whole."""
    for at in _anywhere(words, held.plain, near):
        end = at + len(words)
        if is_whole(held.plain, at, end) or is_whole(held.text, *origin(held.text, at, end)):
            yield at


def _anywhere(words: str, text: str, near: int) -> Iterator[int]:
    for first, until in ((near, len(text)), (0, near)) if words else ():
        at = text.find(words, first)
        while 0 <= at < until:
            yield at
            at = text.find(words, at + 1)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word and no number is cut in two at either end: 5% does not stand in 25%, nor 3 in 3.5."""
    return not _divides(text, start) and not _divides(text, end)


def _divides(text: str, at: int) -> bool:
    if at <= 0 or at >= len(text):
        return False
    before, behind = text[at - 1], text[at]
    if before.isdigit() and behind.isdigit():
        return True
    if before.isascii() and before.isalpha() and behind.isascii() and behind.isalpha():
        return True
    if before in ".," and behind.isdigit() and at > 1 and text[at - 2].isdigit():
        return True
    if before.isdigit() and behind in ".," and at + 1 < len(text) and text[at + 1].isdigit():
        return True
    return (before in _NUMERAL and behind in _SCALE) or (before in _SCALE and behind in _NUMERAL)
