"""Where the expressions of all themes stand in a text: found once a text, handed to each theme by its part.

An expression is looked for exactly, after `fold`; one in Latin letters as a whole word, a plural s apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from warehouse.records import Theme
from warehouse.search.text import fold


class Part(IntEnum):
    """What an expression is to a theme."""

    TERM = 0
    WEAK = 1
    EXCLUDED = 2
    NAME = 3


# theme's number in the order given, part, start, end and folded expression, in reading order
Occurrence = tuple[int, Part, int, int, str]
Place = tuple[int, str]  # where a term begins, and the term, folded


@dataclass(slots=True)
class Counted:
    """What one theme has in one text: its terms outside excluded expressions and names."""

    strong: list[Place]
    weak: list[Place]
    excluded: bool


NOTHING = Counted([], [], False)
_WORD = re.compile("[a-z]{4}")  # a Chinese text without one holds no Latin expression that begins so


class Finder:
    """All occurrences of all expressions of all themes in one text, overlapping ones too."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._parts: dict[str, list[tuple[int, Part]]] = {}
        for number, theme in enumerate(themes):
            for expression, part in _parts(theme).items():
                self._parts.setdefault(expression, []).append((number, part))
        latin = sorted(one for one in self._parts if _latin(one[0]))
        self._words = [one for one in latin if _WORD.match(one)]
        self._short = [one for one in latin if not _WORD.match(one)]
        wide = sorted(one for one in self._parts if not _latin(one[0]))
        self._wide = _alternation(wide) if wide else None
        self._beginnings = {one: [other for other in wide if one.startswith(other)] for one in wide}

    def find(self, text: str) -> dict[int, Counted]:
        """What each theme has in the text, by its number; a theme without an expression in it is left out."""
        folded = fold(text)
        found = [*self._in_latin(folded), *self._in_wide(folded)]
        found.sort()
        by_theme: dict[int, list[tuple[int, int, str, Part]]] = {}
        for start, end, expression in found:
            for number, part in self._parts[expression]:
                by_theme.setdefault(number, []).append((start, -end, expression, part))
        return {number: _counted(ones) for number, ones in by_theme.items()}

    def _in_latin(self, folded: str) -> Iterator[tuple[int, int, str]]:
        expressions = [*self._short, *self._words] if _WORD.search(folded) else self._short
        for expression in expressions:
            if expression in folded:
                yield from _words(expression, folded)

    def _in_wide(self, folded: str) -> Iterator[tuple[int, int, str]]:
        if not self._wide or folded.isascii():
            return
        match = self._wide.search(folded)
        while match:
            start = match.start()
            for one in self._beginnings[match.group()]:
                yield start, -(start + len(one)), one
            match = self._wide.search(folded, start + 1)


def _parts(theme: Theme) -> dict[str, Part]:
    """Each expression of the theme with its part; the last one counts when it is named twice."""
    lists = ((theme.weak, Part.WEAK), (theme.terms, Part.TERM), (theme.names, Part.NAME))
    parts = {fold(one): part for ones, part in lists for one in ones}
    return parts | {fold(one): Part.EXCLUDED for one in theme.exclude}


def _counted(occurrences: list[tuple[int, int, str, Part]]) -> Counted:
    """One sweep in reading order, the longest at a place first: what lies inside an excluded expression, a
    name or a longer term does not count.
    """
    counted = Counted([], [], False)
    covered = reached = 0
    for start, end, expression, part in occurrences:
        if part >= Part.EXCLUDED:
            covered = max(covered, end)
            counted.excluded = counted.excluded or part == Part.EXCLUDED
        elif end > covered and end > reached:
            (counted.weak if part else counted.strong).append((start, expression))
            reached = end
    return counted


def _alternation(expressions: Sequence[str]) -> re.Pattern[str]:
    """One pattern that finds the longest expression at a place, branching on its first character."""
    by_first: dict[str, list[str]] = {}
    for expression in sorted(expressions, key=len, reverse=True):
        by_first.setdefault(expression[0], []).append(re.escape(expression[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items()))


def _words(expression: str, text: str) -> Iterator[tuple[int, int, str]]:
    start = text.find(expression)
    while start >= 0:
        end = start + len(expression)
        if _whole(text, start, end):
            yield start, -end, expression
        start = text.find(expression, start + 1)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a Latin expression stands as a word; a plural s may follow."""
    if start and _latin(text[start - 1]):
        return False
    if not _latin(text[end - 1]):
        return True
    after = end + 1 if text[end : end + 1] == "s" else end
    return not (after < len(text) and _latin(text[after]))


def _latin(character: str) -> bool:
    return character.isalnum() and character < "\u2000"
