"""Which documents belong to which theme, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from warehouse.records import Theme
from warehouse.search.text import fold
from warehouse.themes.occurrences import NOTHING, Counted, Finder, Place

RULES = "7"  # raised when the rules below change, so that all documents are looked at again
UNIT, LATIN_UNIT = 1000, 2000  # characters in which a term counts once: Latin words take more of them
BESIDE_LEAD = 1.5  # terms a unit that a document needs whose leading class is the theme's,
BESIDE_CLASS = 2  # whose second or later class is,
ALONE = 2.25  # and without such a class, where besides
DISTINCT_IN_BODY = 2  # so many different ones must stand,
TIMES_IN_BODY = 3  # so often together, or a notice that names a group once would belong
OPENING = 150  # characters in which a law says what it is for
PART, TIMES_IN_PART = 1500, 10  # a chapter of a long text on the theme: so many terms so near each other
PARAGRAPH, TIMES_IN_PARAGRAPH = 500, 4  # the same of a work report, where each theme has a paragraph
WORK_REPORT = "政府工作报告"


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

    A document is a member when a term of the theme stands in its title; or when the theme's terms stand in
    its body often enough for its length: seldom beside a class of the theme (beside the leading one, in the
    first sentence is enough), more often without; or when a part of it, a paragraph of a work report, is
    full of them. A theme without terms takes every document of its classes.

    A term inside an excluded expression, a name or a longer term does not count. A weak term counts in a
    title only beside the leading class, and in a body only as often as others do, half as much without that
    class. An excluded expression in the title, with no term beside it, puts the document out. When the theme
    names organs, only their documents count. The reason is `topic:<code>` or `term:<term>`, the term that
    occurs most.
    """
    finder = _finder(tuple(themes))
    expressive = [bool(theme.terms or theme.weak) for theme in themes]
    for document in documents:
        title, body = finder.find(document.title), finder.find(document.text)
        for number, theme in enumerate(themes):
            if expressive[number] and number not in title and number not in body:
                continue
            reason = _reason(theme, document, title.get(number, NOTHING), body.get(number, NOTHING))
            if reason:
                yield theme.theme_id, document.document_id, reason


@lru_cache(maxsize=2)  # a publication asks batch by batch
def _finder(themes: tuple[Theme, ...]) -> Finder:
    return Finder(themes)


def _reason(theme: Theme, document: MemberInput, title: Counted, body: Counted) -> str | None:
    if theme.organs and document.department_code not in theme.organs:
        return None
    if title.excluded and not title.strong:
        return None
    topic, leads = _topic(theme, document)
    if topic and not theme.terms:
        return f"topic:{topic}"
    if not _belongs(document, title, body, topic is not None, leads):
        return None
    if topic:
        return f"topic:{topic}"
    return f"term:{_most(theme, title.strong or body.strong)}"


def _belongs(document: MemberInput, title: Counted, body: Counted, of_class: bool, leads: bool) -> bool:
    if title.strong or (leads and title.weak):
        return True
    strong = len(body.strong)
    if not strong:
        return False
    beside = min(strong, len(body.weak))
    units = max(len(document.text) / (UNIT if _is_wide(document.text) else LATIN_UNIT), 1)
    if leads and (strong + beside >= BESIDE_LEAD * units or body.strong[0][0] < OPENING):
        return True
    weight = strong + beside / 2
    if of_class and weight >= BESIDE_CLASS * units:
        return True
    if _often(body.strong, weight) and weight >= ALONE * units:
        return True
    if weight >= TIMES_IN_PART and _crowded(body.strong, PART, TIMES_IN_PART):
        return True
    return WORK_REPORT in document.title and _crowded(
        sorted(body.strong + body.weak), PARAGRAPH, TIMES_IN_PARAGRAPH
    )


def _often(strong: list[Place], weight: float) -> bool:
    return weight >= TIMES_IN_BODY and len({term for _, term in strong}) >= DISTINCT_IN_BODY


def _crowded(places: list[Place], width: int, times: int) -> bool:
    """Whether so many terms, two of them different, begin within `width` characters somewhere."""
    for last in range(times - 1, len(places)):
        near = places[last - times + 1 : last + 1]
        if near[-1][0] - near[0][0] <= width and len({term for _, term in near}) >= DISTINCT_IN_BODY:
            return True
    return False


def _is_wide(text: str) -> bool:
    """Whether the text is Chinese, by its beginning."""
    beginning = text[:200]
    return not beginning.isascii() and any(character > "\u2e80" for character in beginning)


def _topic(theme: Theme, document: MemberInput) -> tuple[str | None, bool]:
    """The first of the document's classes that the theme names, itself or by its first level, and whether it
    is the leading one.
    """
    for place, code in enumerate(document.topic_codes):
        if code in theme.topics or code.split("-")[0] in theme.topics:
            return code, place == 0
    code_above = next((code for code in document.first_codes if code in theme.topics), None)
    return code_above, code_above is not None and len(document.topic_codes) == 1


def _most(theme: Theme, places: list[Place]) -> str:
    often = Counter(term for _, term in places)
    order = [term for term in theme.terms if fold(term) in often]
    return max(order, key=lambda term: often[fold(term)])
