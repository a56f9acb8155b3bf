"""Documents that a document names, each with the relation that the words around its title show."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.amending import decides
from classify.components.anchors import Anchors
from classify.components.cited_number import bare_numbers
from classify.components.english_citation import english_citations
from classify.components.law_names import bare_laws
from classify.components.listed import Lists
from classify.components.mined import anchors_of
from classify.components.relation import RIGHT, relation, relation_of_law, relations
from classify.components.repealing import may_repeal
from classify.components.state import MINED_CHARACTERS, MOST_FACTS, Component, Findings, findings, mark
from classify.components.titles import LONGEST_TITLE, SHORT_FORM, Title, find_titles, is_document, is_show
from warehouse.identity import fact_id as name_fact
from warehouse.records import Citation, CitationKind

_NO_LETTERS = re.compile(r"[\W_]+")
_Named = tuple[int, int, CitationKind, str | None, str | None]  # start, end, relation, title, number


@Language.factory("gov_citation")
class CitationReader(Component):
    """Adds the citations of the text, in order."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        own = plain_title(state.document.title)
        if self.language == "en":
            found = english_citations(state.text[:MINED_CHARACTERS])
        else:
            anchors = anchors_of(state)
            named = state.document.title
            found = chinese_citations(anchors.text, anchors, decides(named), may_repeal(named))
        places = []
        for start, end, kind, title, number, sentence in islice(found, MOST_FACTS):
            if own and _is_own(own, title, sentence):
                earlier = kind == "repeals" and title is not None and _is_earlier(state, start, number)
                if not earlier:
                    continue
            if title is None and state.number is not None and number == state.number.normal:
                continue
            paragraph, inside = state.place(start)
            known = name_fact(
                state.document.document_id, f"citation:{kind}:{plain_title(title or number or '')}", sentence
            )
            state.citations.append(
                Citation(known, kind, sentence, paragraph, inside, inside + end - start, title, number)
            )
            places.append((start, end, f"citation:{kind}"))
        mark(doc, places)
        return doc


def plain_title(title: str) -> str:
    """A title without width, white space and punctuation, for comparison."""
    return _known_plain(title) if len(title) <= LONGEST_TITLE else _plain(title)


def _plain(title: str) -> str:
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", title)).casefold()


_known_plain = lru_cache(maxsize=4096)(_plain)  # the same laws are named again and again


def _is_own(own: str, title: str | None, sentence: str) -> bool:
    """The document names itself: by its title, a law also without the country's name, or as its heading."""
    named = plain_title(title or "")
    if named and (named == own or own == f"中华人民共和国{named}"):
        return True
    return len(sentence) <= 2 * len(own) and plain_title(sentence) == own


def _is_earlier(state: Findings, start: int, number: str | None) -> bool:
    """A repealed act of the same title is the earlier one: an old day, 原, or an old number tells it."""
    if number is not None:
        return state.number is None or number != state.number.normal
    return _EARLIER.search(state.text, max(0, start - 2 * RIGHT), start) is not None


_EARLIER = re.compile(
    r"(?:(?:(?:19|20)\d\d|[一二][九〇○零O0Ｏ]..)\s?年[^。；《\n]{0,100}(?:的|准|布|发)|[原旧]|以前|此前)[^。；，《\n]{0,24}\Z"
)


def chinese_citations(
    text: str, anchors: Anchors | None = None, decided: bool = False, ending: bool = True
) -> Iterator[tuple[int, int, CitationKind, str | None, str | None, str]]:
    """(start, end, kind, title, number, sentence): titles in 《》, laws named without brackets, bare numbers.

    A short form that the text defines means its full title, at the definition and wherever it stands again.
    `decided`: the document is an amending decision. `ending`: it is a paper that may repeal others.
    """
    anchors = anchors or Anchors(text)
    lists = Lists(text)
    titles = [title for title in find_titles(text) if is_document(title.name) and not is_show(text, title)]
    found = _titled(text, titles, lists, decided)
    found += _bare_numbers(text, anchors, titles, lists, {one[0]: one[2] for one in found}, decided)
    taken = _Taken(titles)
    laws = (one for one in bare_laws(text, anchors) if taken.at(one[0]) is None)
    kinds = {end: kind for _, end, kind, *_ in found}
    for start, end, law in laws:
        kinds[end] = kind = relation_of_law(text, start, end, decided, kinds)
        found.append((start, end, kind, law, None))
    for start, end, kind, name, number in sorted(found, key=lambda one: one[:2]):
        said = anchors.said(start, end)
        if kind == "repeals":
            kind, said = (kind, lists.told(start, said)) if ending else ("mentions", said)
        yield start, end, kind, name, number, said


def _titled(text: str, titles: list[Title], lists: Lists, decided: bool) -> list[_Named]:
    shorts: dict[str, Title] = {}
    numbers: dict[str, str] = {}
    found: list[_Named] = []
    for title, kind in zip(titles, relations(text, titles, lists, decided), strict=True):
        meant = shorts.get(title.name, title)
        if meant.number is not None:
            numbers[meant.name] = meant.number
        number = numbers.get(meant.name)
        found.append((title.opening, title.close + 1, kind, meant.name, number))
        defined = SHORT_FORM.search(text, title.close, max(title.end, title.close + 40))
        if defined is not None and "《" not in text[title.close + 1 : defined.start()]:
            shorts[defined.group(1)] = meant
            if text[defined.start(1) - 1] == "《":
                found.append((defined.start(1) - 1, defined.end(1) + 1, "mentions", meant.name, number))
    return found


class _Taken:
    """Where titles in brackets stand."""

    def __init__(self, titles: list[Title]) -> None:
        self._titles = titles
        self._starts = [title.start for title in titles]

    def at(self, place: int) -> Title | None:
        """The title that covers this place, itself or with the number that belongs to it."""
        before = bisect_right(self._starts, place) - 1
        return self._titles[before] if before >= 0 and place < self._titles[before].end else None


def _bare_numbers(
    text: str,
    anchors: Anchors,
    titles: list[Title],
    lists: Lists,
    kinds: dict[int, CitationKind],
    decided: bool,
) -> Iterator[_Named]:
    """Papers named by number alone (根据云政办发〔2026〕14号文件); a line of its own is the own number.

    In a list the first one's relation counts for all; behind a title the second of two numbers is one too.
    """
    taken, before = _Taken(titles), -9
    last: CitationKind = "mentions"
    for start, end, number in bare_numbers(text, anchors):
        alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
        title = taken.at(start)
        if title is not None:
            if start > title.close and title.number not in (None, number) and end <= title.end:
                yield start, end, kinds.get(title.opening, "mentions"), None, number
            continue
        if alone:
            continue
        listed = lists.kind_at(start, end)
        if listed is not None and (item := lists.item_before(start)) is not None:
            yield start, end, listed, item, number
            continue
        joined = 0 < start - before < 4 and _AND.fullmatch(text, before, start) is not None
        last = last if joined else relation(text, start, end, decided)
        before = end
        yield start, end, last, None, number


_AND = re.compile(r"\s?[、和及与]\s?|以及")
