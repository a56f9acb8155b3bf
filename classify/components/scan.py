"""Finds many fixed terms in a text at once: Chinese ones by their first two characters, English by words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[a-z0-9']+")
_MASK = (1 << 17) - 1


class TermScanner:
    """A fixed set of terms; `find` gives the longest one at each place, without overlaps."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = frozenset(term for term in terms if len(term) > 1)
        self._table: NDArray[np.bool_] = np.zeros(_MASK + 1, dtype=np.bool_)
        lengths: dict[str, set[int]] = defaultdict(set)
        for term in self._terms:
            lengths[term[:2]].add(len(term))
            self._table[_pair_hash(_codes(term[:2]))[0]] = True
        self._lengths = {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """(start, term) from left to right."""
        if len(text) < 2:
            return
        candidates = np.flatnonzero(self._table[_pair_hash(_codes(text))]).tolist()
        lengths, terms, end = self._lengths, self._terms, 0
        for start in candidates:
            if start < end:
                continue
            for length in lengths.get(text[start : start + 2], ()):
                term = text[start : start + length]
                if term in terms:
                    yield start, term
                    end = start + length
                    break


class WordScanner:
    """A fixed set of lower-case English terms of a few words, found as whole words."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = {tuple(_WORD.findall(term)): term for term in terms}
        lengths: dict[str, set[int]] = defaultdict(set)
        for words in self._terms:
            lengths[words[0] if words else ""].add(len(words))
        self._lengths = {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """(start, term) from left to right, longest first at each word."""
        lowered = text.lower()
        words = _WORD.findall(lowered)
        known = self._lengths
        hits = [at for at, word in enumerate(words) if word in known]
        if not hits:
            return
        starts = [found.start() for found in _WORD.finditer(lowered)]
        end = 0
        for at in hits:
            if at < end:
                continue
            for length in known[words[at]]:
                term = self._terms.get(tuple(words[at : at + length]))
                if term is not None:
                    yield starts[at], term
                    end = at + length
                    break


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _pair_hash(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    hashed: NDArray[np.uint32] = ((codes[:-1] * np.uint32(0x9E37)) ^ codes[1:]) & np.uint32(_MASK)
    return hashed
