"""The words of a field that spoke for a class: whole words as a reader knows them, never pieces of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import rjieba
from numpy.typing import NDArray

PEAKS = 4  # so many passages of a long text are cut into words
REACH = 12  # signs on each side of such a passage's loudest one
FAINT = 0.01  # of what a field gave; a word that gave less is not looked at
SHORT = 60  # a field up to here is cut into words whole
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u1fff\u2070-\u2fff\u3041-\U0010ffff]+")
_BREAKS = frozenset(' \n\r\t\u3000《》〈〉（）()【】[]〔〕“”"、，。；：,.;:！？!?…—·')
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
# Words that join others and say nothing.
_JOINING = frozenset((
    "关于", "有关", "以及", "或者", "并且", "为了", "按照", "根据", "依照", "通过", "进行", "予以", "对于",
    "其他", "其它", "等等", "上述", "下列", "如下", "以下",
    *"的了和与及等对在为将于其该本各以或并由从向是有不我你请现第年月日",
))  # fmt: skip

Floats = NDArray[np.float64]
Span = tuple[int, int]


class Seed(NamedTuple):
    """A seed word of the class: where it begins in the field (maybe outside of it), and what it gave."""

    start: int
    term: str
    gave: float


class Word(NamedTuple):
    """A word from code point `start` of the field on, and what it gave."""

    start: int
    text: str
    gave: float
    seed: bool = False


def word_spans(value: str) -> list[Span]:
    """Where the words of a text between blanks and marks stand, as a model of words reads them."""
    return [found.span() for found in _WORD.finditer(value)]


def speaking_words(
    value: str, gave: Floats | None, words: bool, seeds: Sequence[Seed]
) -> tuple[list[Word], float]:
    """The words that spoke for the class, and all that the field gave to it.

    `gave`: what each word (`words`) or each sign gave. A seed word stands as it is; what other words share
    with it counts for the seed word.
    """
    if gave is None or not len(gave):
        return [Word(*seed, True) for seed in seeds], sum([seed.gave for seed in seeds])
    sums = [0.0, *np.cumsum(gave).tolist()]
    if words:
        begins = [start for start, _ in word_spans(value)]
        sums = [sums[bisect_left(begins, at)] for at in range(len(value) + 1)]
    found = _seeded(seeds, sums, len(value))
    spoken = float(gave[gave > 0].sum())
    least = FAINT * spoken
    tokens = _between_blanks(value) if words else _chinese(value, gave)
    for start, end in _beside(tokens, seeds) if seeds else tokens:
        weight = sums[end] - sums[start]
        if weight > least:
            found.append(Word(start, value[start:end], weight))
    return found, spoken + sum([seed.gave for seed in seeds])


def _seeded(seeds: Sequence[Seed], sums: Sequence[float], end: int) -> list[Word]:
    """The seed words with what the signs beneath them gave, as far as these stand within the field."""
    found = []
    for at, term, own in seeds:
        behind = at + len(term)
        if at < end and behind > 0:
            own += max(sums[behind if behind < end else end] - sums[at if at > 0 else 0], 0.0)
        found.append(Word(at, term, own, True))
    return found


def _beside(tokens: Iterable[Span], seeds: Sequence[Seed]) -> Iterator[Span]:
    """The words that no seed word takes; of one that it begins or ends, what is left if two signs or more."""
    taken = [(seed.start, seed.start + len(seed.term)) for seed in seeds]
    for start, end in tokens:
        for first, last in taken:
            if first < end and last > start:
                start, end = (last, end) if end - last > first - start else (start, first)
        if end - start > 1:
            yield start, end


def _between_blanks(value: str) -> Iterator[Span]:
    """The words of a text without those that join others and bare numbers."""
    joining = _english_joining()
    for start, end in word_spans(value):
        word = value[start:end]
        if len(word) > 1 and word not in joining and not word.isdigit():
            yield start, end


def _chinese(value: str, gave: Floats) -> Iterator[Span]:
    """The words of a short field, or of the passages of a long one around what spoke loudest."""
    if len(value) <= SHORT:
        yield from _cut(value, 0, len(value))
        return
    rest = gave.copy()
    for _ in range(PEAKS):
        peak = int(rest.argmax())
        if rest[peak] <= 0:
            return
        start, end = _clause(value, peak, rest)
        rest[start:end] = -np.inf  # which ends the passages of later peaks
        yield from _cut(value, start, end)


def _clause(value: str, peak: int, rest: Floats) -> Span:
    """The run of signs without a break around a place, within reach and outside passages that were read."""
    start, end = peak, peak + 1
    while (
        start > 0 and peak - start < REACH and value[start - 1] not in _BREAKS and rest[start - 1] > -np.inf
    ):
        start -= 1
    while end < len(value) and end - peak < REACH and value[end] not in _BREAKS and rest[end] > -np.inf:
        end += 1
    return start, end


def _cut(value: str, start: int, end: int) -> Iterator[Span]:
    """The words of a passage, as rjieba cuts it; single signs in a row are one word."""
    run = at = start
    for piece in rjieba.cut(value[start:end]):
        after = at + len(piece)
        if after - at > 1:
            if at - run > 1:
                yield run, at
            run = after
            if piece not in _JOINING and piece.isalnum() and not piece.isdigit():
                yield at, after
        elif piece in _JOINING or not _CHINESE.match(piece):
            if at - run > 1:
                yield run, at
            run = after
        at = after
    if at - run > 1:
        yield run, at


@cache
def _english_joining() -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)
