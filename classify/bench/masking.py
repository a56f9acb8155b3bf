"""Takes out of a text the words that would name its class: bodies, places, class names, document numbers.

The list comes from the authority file, the gazetteer and the classes of a task, never from test documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from classify.departments.abroad import countries, english_bodies, name_words
from classify.departments.load import authority_data
from classify.departments.names import COUNTRY

SIGN = "#"
_NUMBER = re.compile(
    r"[一-鿿]{0,12}[〔\[［(（【]\s*(?:19|20)\d\d\s*[〕\]］)）】]\s*第?\s*\d{1,5}\s*号|第\s*\d{1,5}\s*号"
)
_ENGLISH_NUMBER = re.compile(r"\b(?:H\.|S\.|Int\.|Res\.|Docket|No\.)[\w .–-]{0,16}\d[\w–-]{0,16}")
_WORD = re.compile(r"[A-Za-z0-9]+")


class Mask:
    """Replaces every listed name, longest first, and every document number by one sign."""

    def __init__(self, language: str, classes: Iterable[str]) -> None:
        self._language = language
        self._by_start: dict[str, list[str]] = defaultdict(list)
        self._by_word: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        if language == "en":
            for name in {*_english_names(), *classes}:
                for words in _forms(name):
                    self._by_word[words[0]].add(words)
            return
        for name in {*_chinese_names(), *_class_forms(classes)}:
            if len(name) > 1:
                self._by_start[name[:2]].append(name)
        for names in self._by_start.values():
            names.sort(key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """The text without the names."""
        return self._english(text) if self._language == "en" else self._chinese(text)

    def _chinese(self, text: str) -> str:
        text = _NUMBER.sub(SIGN, text)
        kept, at = [], 0
        while at < len(text):
            for name in self._by_start.get(text[at : at + 2], ()):
                if text.startswith(name, at):
                    kept.append(SIGN)
                    at += len(name)
                    break
            else:
                kept.append(text[at])
                at += 1
        return "".join(kept)

    def _english(self, text: str) -> str:
        text = _ENGLISH_NUMBER.sub(SIGN, text)
        spans = [(found.group().casefold(), found.start(), found.end()) for found in _WORD.finditer(text)]
        said = [number for number, span in enumerate(spans) if span[0] not in ("the", "and")]
        kept, done, at = [], 0, 0
        while at < len(said):
            length = self._match([spans[number][0] for number in said[at : at + 12]])
            if length:
                kept += [text[done : spans[said[at]][1]], SIGN]
                done = spans[said[at + length - 1]][2]
            at += max(length, 1)
        return "".join([*kept, text[done:]])

    def _match(self, words: list[str]) -> int:
        """How many of these words are a listed name, the longest; 0 when they begin none."""
        names = self._by_word.get(words[0])
        if names is None:
            return 0
        return next((n for n in range(len(words), 0, -1) if tuple(words[:n]) in names), 0)


def _forms(name: str) -> list[tuple[str, ...]]:
    """A name as words, and turned round: Transportation Department, Department of Transportation."""
    found = []
    for part in {name, *name.split(", ")} if "Department" in name or "Administration" in name else {name}:
        words = tuple(name_words(part))
        found.append(words)
        if words[-1] in ("department", "administration", "bureau", "service") and len(words) > 1:
            found.append((words[-1], "of", *words[:-1]))
        if words[:2] == ("committee", "on"):
            found.append(words[2:])
    return [words for words in found if words and words != ("",)]


def _class_forms(classes: Iterable[str]) -> set[str]:
    """A class's name, and the same without its place: 广东省水利厅, 水利厅."""
    found = set()
    for name in classes:
        found.add(name)
        found |= {part for part in re.split(r"[、，,;；\s（）()]+", name) if part}
        for place in authority_data().places:
            if name.startswith(place.name) and len(name) > len(place.name) + 1:
                found.add(name[len(place.name) :])
    return found


@lru_cache(maxsize=1)
def _chinese_names() -> frozenset[str]:
    data = authority_data()
    names = {COUNTRY}
    for entry in data.entries:
        names |= {name for name in entry.names if not name.isascii()}
    for kind in data.kinds:
        names |= {kind.province, kind.city, kind.municipality, kind.county, *kind.aliases}
    for place in data.places:
        names |= {place.name, place.short}
    return frozenset(name for name in names if len(name) > 1)


@lru_cache(maxsize=1)
def _english_names() -> frozenset[str]:
    found: set[str] = set()
    for country in countries():
        for entry in english_bodies(country).entries.values():
            found |= {name for name in entry.names if len(name) > 2}
    return frozenset(found)
