"""Finds many fixed terms in a text at once: Chinese ones in one pass over its signs, English by words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_WORD = re.compile(r"[a-z0-9']+")
Found = tuple[int, int, int]  # number of a term among `terms`, where it starts and ends


class TermScanner:
    """A fixed set of terms of two signs or more; the longest one at each place is found, without overlaps.

    One automaton of all terms reads each sign once, whatever the text is.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self.terms = tuple(term for term in dict.fromkeys(terms) if len(term) > 1)
        self._automaton = AhoCorasick(
            self.terms,
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.ContiguousNFA,  # small enough for the processor's cache
        )

    def numbers(self, text: str) -> list[Found]:
        """Terms by number, from left to right."""
        try:
            return self._automaton.find_matches_as_indexes(text)
        except UnicodeEncodeError:  # half of a sign, which no term holds
            return self._automaton.find_matches_as_indexes(text.encode("utf-8", "replace").decode("utf-8"))

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """(start, term) from left to right."""
        return ((start, self.terms[number]) for number, start, _ in self.numbers(text))


class WordScanner:
    """A fixed set of lower-case English terms of a few words, found as whole words."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.terms = tuple(dict.fromkeys(terms))
        self._numbers = {tuple(_WORD.findall(term)): number for number, term in enumerate(self.terms)}
        lengths: dict[str, set[int]] = defaultdict(set)
        for words in self._numbers:
            lengths[words[0] if words else ""].add(len(words))
        self._lengths = {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}

    def numbers(self, text: str) -> list[Found]:
        """Terms by number, from left to right, longest first at each word."""
        lowered = text.lower()
        words = _WORD.findall(lowered)
        known = self._lengths
        hits = [at for at, word in enumerate(words) if word in known]
        if not hits:
            return []
        spans = [found.span() for found in _WORD.finditer(lowered)]
        told: list[Found] = []
        end = 0
        for at in hits:
            if at < end:
                continue
            for length in known[words[at]]:
                number = self._numbers.get(tuple(words[at : at + length]))
                if number is not None:
                    end = at + length
                    told.append((number, spans[at][0], spans[min(end, len(spans)) - 1][1]))
                    break
        return told

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """(start, term) from left to right."""
        return ((start, self.terms[number]) for number, start, _ in self.numbers(text))
