"""Whether two texts that look alike are copies of one text, one an excerpt of the other, or neither.

Forms and templates share most of their characters and are still different papers: another town, other
figures, another month. What tells them from copies is *where* they differ. A copy differs anywhere or
nowhere; a filled-in form differs in its figures, in the words of its title and in the same words again and
again; an amended version in whole clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import comb, erfc, sqrt
from typing import Literal

import numpy as np

from warehouse.shingles import RUN, Hashes, plain, shingles

Kind = Literal["copy", "excerpt"]

SHORTEST = 60  # letters; a shorter text alone makes no copy
_ALIKE = 0.6  # Jaccard similarity; a tenth of the letters edited in runs of six leaves about 0.7
_MONOTONOUS = 0.4  # the same for a text whose sentences repeat, under the same title
_CONTAINED = 0.9  # of a text in a longer one that adds a header and a footer
_FRAME = 600  # letters that a page's frame adds
_CERTAIN = 0.85  # similarity that titles which have nothing in common need, and short English texts
_SHORT_ENGLISH = 150  # letters: some thirty words, mostly a form's own
_SLIPS = 0.02  # share of letters that slips of the pen and the typesetter explain
_LONG_RUN = 40  # Chinese characters in a row that only one has: a clause, not a slip
_LONG_ENGLISH_RUN = 50  # letters
_JOINED = 4  # shared characters too few to part two runs; English letters: twice as many
_SHORT_CHINESE = 200
_EXCERPT_LACKS = 0.04
_SOON = 45  # days in which a publisher may show one paper twice
_MORE_FIGURES = 2.5  # times the share of all letters
_MANY = 200  # figures, from which the normal distribution is near enough
_CHANCE = 0.01  # that edits just anywhere would hit so many figures
_FIGURES = re.compile(
    r"\d+|[零〇一二三四五六七八九十百千]{2,}|january|february|march|april|june|july|august|september|october|november"
    r"|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_FILES = re.compile(
    r"([^\s/\\()\[\]<>\"'，。；：（）《》“”]+\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|rar|ofd|wps|et|ods|odt|rtf))(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_TITLE_FIGURES = re.compile(rf"{_FIGURES.pattern}|may(?=\d|$)|[零〇一二三四五六七八九十百千]")
_ABOUT = re.compile(
    r"修改|修订|修正|废止|草案|征求意见|解读|问答|起草说明|补充规定|补充通知|corrected|amendment|easyread|summary"
)


@dataclass(frozen=True)
class Paper:
    """A document as far as telling copies apart looks at it."""

    document_id: str
    source_id: str
    number: str  # normal form, or as printed without spaces; empty when it has none
    title_key: str
    published: date | None
    text: str

    @cached_property
    def letters(self) -> str:
        """The text without layout and punctuation."""
        return plain(self.text)

    @property
    def english(self) -> bool:
        """Whether it is written in Latin letters."""
        return len(self.letters.encode()) < 1.3 * len(self.letters)

    @cached_property
    def hashes(self) -> Hashes:
        """Its shingles in order."""
        return shingles(self.letters)

    @cached_property
    def known(self) -> Hashes:
        """Its shingles, each once, sorted."""
        return np.unique(self.hashes)

    @cached_property
    def files(self) -> frozenset[str]:
        """The names of the files that its text links to; a site that prints it again keeps them."""
        return frozenset(name.lower() for name in _FILES.findall(self.text))

    @cached_property
    def figures(self) -> list[tuple[int, int]]:
        """Where its numbers, months and weekdays stand among the letters."""
        return [found.span() for found in _FIGURES.finditer(self.letters)]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two papers are to each other."""

    kind: Kind
    similarity: float  # Jaccard similarity of copies; of an excerpt the part of it that the longer text holds


def compare(one: Paper, other: Paper) -> Likeness | None:
    """What the two are to each other; None: different papers, however much of them is alike."""
    if one.number and other.number and one.number != other.number:
        return None
    if one.files and other.files and one.files.isdisjoint(other.files):
        return None  # each page is there for a file of its own
    shorter, longer = sorted((one, other), key=lambda paper: len(paper.letters))
    if len(shorter.letters) < SHORTEST:
        return None
    common = len(np.intersect1d(shorter.known, longer.known, assume_unique=True))
    similar = common / (len(shorter.known) + len(longer.known) - common)
    contained = common / len(shorter.known)
    if similar < _ALIKE and contained < _CONTAINED:
        return _monotonous(one, other, similar)
    if similar < _ALIKE and len(longer.letters) - len(shorter.letters) > _FRAME:
        return _excerpt(shorter, longer, contained)
    return Likeness("copy", round(similar, 3)) if _is_copy(one, other, similar) else None


def _is_copy(one: Paper, other: Paper, similar: float) -> bool:
    mine, theirs = _Lost(one, other), _Lost(other, one)
    least = min(mine.share, theirs.share)
    if _too_short(one, other, similar, least):
        return False
    if _other_title(one, other, mine, theirs) or _other_day(one, other, least):
        return False
    if (mine.in_figures() and theirs.in_figures()) or (mine.repeats() and theirs.repeats()):
        return False
    if mine.rewrites() and theirs.rewrites():
        return False
    return least <= _SLIPS or similar >= _CERTAIN or not (mine.rewrites(1.5) or theirs.rewrites(1.5))


def _monotonous(one: Paper, other: Paper, similar: float) -> Likeness | None:
    """Copies of a text that says the same again and again: edits make many new shingles where it had few."""
    if similar < _MONOTONOUS or not one.title_key or one.title_key != other.title_key:
        return None
    if max(_Lost(one, other).share, _Lost(other, one).share) > 1 - _CERTAIN:
        return None
    return Likeness("copy", round(similar, 3)) if _is_copy(one, other, similar) else None


def _excerpt(shorter: Paper, longer: Paper, contained: float) -> Likeness | None:
    """A text that stands in a much longer one, whole but for slips; another figure is no slip."""
    if len(shorter.letters) < _enough(shorter):
        return None
    lost = _Lost(shorter, longer)
    if lost.figures() or lost.share > _EXCERPT_LACKS or len(lost.said()) > 1:
        return None
    return Likeness("excerpt", round(contained, 3))


class _Lost:
    """What of one text the other lacks, as runs of letters."""

    def __init__(self, paper: Paper, other: Paper) -> None:
        self._paper = paper
        letters = len(paper.letters)
        at = np.flatnonzero(np.isin(paper.hashes, other.known, kind="sort"))
        steps = np.bincount(at, minlength=letters + 1) - np.bincount(at + RUN, minlength=letters + 1)
        self._lacks = np.cumsum(steps[:-1]) == 0
        self.share = float(self._lacks.mean())
        edges = np.flatnonzero(np.diff(np.concatenate(([0], self._lacks.astype(np.int8), [0]))))
        self._runs = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))

    def said(self) -> list[str]:
        """The runs that are more than one letter."""
        return [self._paper.letters[start:end] for start, end in self._runs if end - start >= 2]

    def figures(self) -> int:
        """How many of its numbers, months and weekdays the other lacks."""
        return sum(1 for start, end in self._paper.figures if self._lacks[start:end].any())

    def in_figures(self) -> bool:
        """Whether more figures are lost than edits just anywhere would hit."""
        figures, lost = self._paper.figures, self.figures()
        if lost <= _MORE_FIGURES * self.share * len(figures):
            return False
        return _at_least(lost, len(figures), min(1.0, self.share * 1.7)) < _CHANCE

    def repeats(self) -> bool:
        """Whether the same words are lost again and again, as the name that fills a form."""
        said = self.said()
        return len(said) >= 3 and len(set(said)) <= 0.6 * len(said)

    def rewrites(self, times: float = 1) -> bool:
        """Whether a whole clause (so many times one) is lost that neither begins nor ends the text, where a
        page's frame would stand.
        """
        english = self._paper.english
        joined, longest = (2 * _JOINED, _LONG_ENGLISH_RUN) if english else (_JOINED, _LONG_RUN)
        first, last = 0, -joined - 1
        for start, end in self.inside():
            first = first if start - last <= joined else start
            last = end
            if last - first > times * longest:
                return True
        return False

    def inside(self) -> list[tuple[int, int]]:
        """The runs that neither begin nor end the text."""
        letters = len(self._paper.letters)
        return [(start, end) for start, end in self._runs if start > 0 and end < letters]


def _enough(paper: Paper) -> int:
    """Letters from which a text is more than a form that many notes share."""
    return _SHORT_ENGLISH if paper.english else _SHORT_CHINESE


def _too_short(one: Paper, other: Paper, similar: float, least: float) -> bool:
    """Whether the shorter text is too short to be known again in a longer one, or after edits."""
    shorter = min(one, other, key=lambda paper: len(paper.letters))
    least_letters = _enough(shorter) * (1 if similar >= _ALIKE else 2)
    if similar >= _CERTAIN or len(shorter.letters) >= least_letters:
        return False
    return similar < _ALIKE or (shorter.english and least > _SLIPS)


def _other_title(one: Paper, other: Paper, mine: _Lost, theirs: _Lost) -> bool:
    """Whether the titles name different papers.

    They do when figures or months differ, when one is about changing or explaining the other, and when one
    puts words in the place of the other's (one town for another) and the texts differ too; a slip is a word
    that stands in neither text for one that stands in both. Titles with nothing in common head copies only
    where one text has all of the other.
    """
    a, b = one.title_key, other.title_key
    if not a or not b or a == b:
        return False
    if any(sorted(sign.findall(a)) != sorted(sign.findall(b)) for sign in (_ABOUT, _TITLE_FIGURES)):
        return True
    front, back = _shared_ends(a, b)
    left, right = a[front : len(a) - back], b[front : len(b) - back]
    if not left or not right:
        extra, paper, rest = (left, one, other) if left else (right, other, one)
        own = extra in paper.letters and extra not in rest.letters
        return own and min(mine.share, theirs.share) > 0
    if front + back < 0.3 * min(len(a), len(b)):
        return bool(mine.said() and theirs.said())
    if not mine.inside() or not theirs.inside():
        return False
    words = _widened(a, front, len(a) - back), _widened(b, front, len(b) - back)
    held = [all(word in paper.letters for paper in (one, other)) for word in words]
    nowhere = [not any(word in paper.letters for paper in (one, other)) for word in words]
    return not (held[0] and nowhere[1]) and not (held[1] and nowhere[0])


def _shared_ends(a: str, b: str) -> tuple[int, int]:
    """How many letters two words share at the front, and behind that at the back."""
    shorter = min(len(a), len(b))
    front = next((at for at in range(shorter) if a[at] != b[at]), shorter)
    back = next((at for at in range(shorter - front) if a[-1 - at] != b[-1 - at]), shorter - front)
    return front, back


def _widened(title: str, start: int, end: int) -> str:
    """The words between the places, at least two characters or five letters of them."""
    least = 5 if title.isascii() else 2
    while end - start < min(least, len(title)):
        if start > 0:
            start -= 1
        else:
            end += 1
    return title[start:end]


def _other_day(one: Paper, other: Paper, least: float) -> bool:
    """Whether one publisher shows changed words under another day: the next issue, or a later version."""
    if one.source_id != other.source_id or one.published is None or other.published is None:
        return False
    apart = abs((one.published - other.published).days)
    return least > (0 if apart > _SOON else _SLIPS) and apart > 0


def _at_least(hits: int, of: int, chance: float) -> float:
    """The probability of so many hits among independent trials; of many trials nearly."""
    if chance >= 1 or hits <= of * chance:
        return 1.0
    if of > _MANY:
        return erfc((hits - 0.5 - of * chance) / sqrt(2 * of * chance * (1 - chance))) / 2
    return 1 - sum(comb(of, n) * chance**n * (1 - chance) ** (of - n) for n in range(hits))
