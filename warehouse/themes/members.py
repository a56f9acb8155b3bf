"""Which documents belong to which theme, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from warehouse.records import Theme
from warehouse.search.text import fold

RULES = "5"  # raised when the rules below change, so that all documents are looked at again
DISTINCT_IN_BODY = 2  # so many different terms in the body make a member,
TIMES_IN_BODY = 3  # when they occur so often together, or a notice that names a group once would belong,
CHARACTERS_PER_TERM = 1000  # and in long texts one in so many, or a long law would belong everywhere


@dataclass(frozen=True, slots=True)
class MemberInput:
    """What membership looks at."""

    document_id: str
    title: str
    text: str
    topic_codes: tuple[str, ...]  # every class it was given, lead first
    department_code: str | None
    first_codes: tuple[str, ...] = ()  # their first-level classes, in any order


def theme_members(
    themes: Sequence[Theme], documents: Iterable[MemberInput]
) -> Iterator[tuple[str, str, str]]:
    """(theme_id, document_id, reason) of every membership, one reason each, as documents come.

    A document is a member when one of the theme's topics is among its classes and, if the theme has terms,
    any of them occurs; or a term stands in its title; or its body holds two different terms, together three
    times and once for every 1,000 characters. A term inside an excluded expression or a longer term does not
    count, and an excluded expression in the title, with no term beside it, puts the document out. When the
    theme names organs, only their documents count. The reason is `topic:<code>` or `term:<term>`, the term
    that occurs most.
    """
    finder = _Finder(themes)
    for document in documents:
        title, body = finder.find(document.title), finder.find(document.text)
        for theme in themes:
            reason = _reason(theme, document, title, body)
            if reason:
                yield theme.theme_id, document.document_id, reason


@dataclass(frozen=True, slots=True)
class _Occurrence:
    expression: str
    start: int
    end: int


class _Finder:
    """All occurrences of all expressions of all themes in one text, overlapping ones too."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        folded = sorted(
            {fold(expression) for theme in themes for expression in (*theme.terms, *theme.exclude)}
        )
        self._latin = [one for one in folded if _latin(one[0])]
        wide = [one for one in folded if not _latin(one[0])]
        self._wide = _alternation(wide) if wide else None
        self._beginnings = {one: [other for other in wide if one.startswith(other)] for one in wide}

    def find(self, text: str) -> list[_Occurrence]:
        folded = fold(text)
        found = [
            one for expression in self._latin if expression in folded for one in _words(expression, folded)
        ]
        match = self._wide.search(folded) if self._wide else None
        while self._wide and match:
            start = match.start()
            found += [_Occurrence(one, start, start + len(one)) for one in self._beginnings[match.group()]]
            match = self._wide.search(folded, start + 1)
        return found


def _alternation(expressions: Sequence[str]) -> re.Pattern[str]:
    """One pattern that finds the longest expression at a place, branching on its first character."""
    by_first: dict[str, list[str]] = {}
    for expression in sorted(expressions, key=len, reverse=True):
        by_first.setdefault(expression[0], []).append(re.escape(expression[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items()))


def _words(expression: str, text: str) -> Iterator[_Occurrence]:
    start = text.find(expression)
    while start >= 0:
        if _whole(text, start, start + len(expression)):
            yield _Occurrence(expression, start, start + len(expression))
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


def _reason(
    theme: Theme, document: MemberInput, title: list[_Occurrence], body: list[_Occurrence]
) -> str | None:
    if theme.organs and document.department_code not in theme.organs:
        return None
    topic = _topic(theme, document)
    if not topic and not title and not body:
        return None
    in_title, title_excluded = _counted(theme, title)
    if title_excluded and not in_title:
        return None
    in_body, _ = _counted(theme, body)
    if topic and (not theme.terms or in_title or in_body):
        return f"topic:{topic}"
    if in_title or _enough(in_body, len(document.text)):
        return f"term:{_most(theme, in_title or in_body)}"
    return None


def _enough(in_body: Counter[str], length: int) -> bool:
    often = len(in_body) >= DISTINCT_IN_BODY and in_body.total() >= TIMES_IN_BODY
    return often and in_body.total() * CHARACTERS_PER_TERM >= length


def _topic(theme: Theme, document: MemberInput) -> str | None:
    """The first of the document's classes that the theme names, itself or by its first level."""
    for code in document.topic_codes:
        if code in theme.topics or code.split("-")[0] in theme.topics:
            return code
    return next((code for code in document.first_codes if code in theme.topics), None)


def _counted(theme: Theme, occurrences: list[_Occurrence]) -> tuple[Counter[str], bool]:
    """How often the theme's terms occur outside its excluded expressions, and whether any of those occurs."""
    if not occurrences:
        return Counter(), False
    terms, excluded = _folded(theme.terms), _folded(theme.exclude)
    covered = [one for one in occurrences if one.expression in excluded]
    counted: Counter[str] = Counter()
    reached = 0
    for one in sorted(occurrences, key=lambda one: (one.start, -one.end)):
        inside = any(gap.start <= one.start and one.end <= gap.end for gap in covered)
        if one.expression in terms and one.end > reached and not inside:
            counted[one.expression] += 1
            reached = one.end
    return counted, bool(covered)


def _most(theme: Theme, counted: Counter[str]) -> str:
    order = [term for term in theme.terms if fold(term) in counted]
    return max(order, key=lambda term: counted[fold(term)])


def _folded(expressions: tuple[str, ...]) -> frozenset[str]:
    return _FOLDED.setdefault(expressions, frozenset(map(fold, expressions)))


_FOLDED: dict[tuple[str, ...], frozenset[str]] = {}
