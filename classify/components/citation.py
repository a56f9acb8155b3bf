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

from classify.components.amending import amends, decides
from classify.components.anchors import Anchors
from classify.components.cited_number import bare_numbers
from classify.components.english_citation import english_citations
from classify.components.law_names import bare_laws
from classify.components.listed import Lists
from classify.components.mined import anchors_of
from classify.components.repealing import governs, may_repeal, repeals
from classify.components.state import MINED_CHARACTERS, MOST_FACTS, Component, Findings, findings, mark
from classify.components.titles import LONGEST_TITLE, SHORT_FORM, Title, find_titles, is_document, is_show
from warehouse.identity import fact_id as name_fact
from warehouse.records import Citation, CitationKind

LEFT, RIGHT = 40, 60
_NO_LETTERS = re.compile(r"[\W_]+")
_BASIS = re.compile(
    r"(?:根据|依据|依照|按照|遵照|按)(?:修订后的|新修订的|国家|国务院|中华人民共和国|[一-鿿]{0,14})?[“\s]?$"
)
_IMPLEMENTS = re.compile(
    r"(?<!停止)(?<!终止)(?<!不再)(?<!暂停)(?:贯彻落实|贯彻执行|贯彻实施|贯彻|落实|实施|执行|推进|组织实施)(?:好)?[一-鿿]{0,14}[“\s]?$"
)
_FORWARDS = re.compile(r"(?:转发|批转)[一-鿿]{0,20}$")
_PRINTS = re.compile(r"(?:印发|发布|公布|颁布|现将)[一-鿿]{0,16}(?<![了的])$")
_THEN_PRINTED = re.compile(
    r"(?:等[^。，；《]{0,10})?(?:(?:已|业|经)[^。；《]{0,40}?)?[，,]?(?:现)?(?:予以|予|一并)?(?:印发|公布|发布)(?![后的时以之至一两半])"
)
_THEN_FORWARDED = re.compile(
    r"(?:等[^。，；《]{0,10})?(?:[，,]?[^。，；《]{0,24}(?:同意|批准)[，,])?[，,]?(?:现)?(?:予以)?(?:转发|转给你)"
)
_THEN_APPLIED = re.compile(
    r"(?:等[^。，；《]{0,14})?(?:第[^。，；《]{1,30}?)?(?:的|及其)?(?:有关|相关)?[^。，；《的]{0,6}(?:规定|要求|程序)?[，,]?(?:对[^。，；《]{1,30})?(?:由[^。，；《]{2,20})?"
    r"(?:依法)?(?:予以|给予|进行|实施|从重|从轻)?(?:办理|执行|处罚|处理|处以|处分|追究|扣分|承担|查处|吊销|责令|从其|监督管理|监督检查|行政处罚)"
)

_BODIES = re.compile(  # 根据省委、省政府《甲》
    r"(?:根据|依据|依照|按照|遵照)(?:[一-鿿]{1,14}[委府部局厅院办会署]、){1,4}[一-鿿]{0,14}[委府部局厅院办会署]\s?\Z"
)
_CASE = re.compile(r"[^，。；：\n]{2,50}的[，；。]")  # 依照《甲法》的规定不受保护的，…: a case, no basis

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
        kinds[end] = kind = _of_law(text, start, end, decided, kinds)
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
    for title, kind in zip(titles, _relations(text, titles, lists, decided), strict=True):
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


def _of_law(text: str, start: int, end: int, decided: bool, kinds: dict[int, CitationKind]) -> CitationKind:
    """根据甲法、乙法等有关规定，制定: the second law of a list is a basis as the first one is."""
    kind = _relation(text, start, end, decided)
    joined = _LISTED.search(text, max(0, start - 4), start) if kind == "mentions" else None
    if joined is None or kinds.get(joined.start()) != "basis":
        return kind
    right = text[end : end + RIGHT]
    return kind if _THEN_APPLIED.match(right) or _CASE.match(right) else "basis"


_LISTED = re.compile(r"(?:[、和及与]|以及)(?:我国|国家)?\Z")


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
        last = last if joined else _relation(text, start, end, decided)
        before = end
        yield start, end, last, None, number


_AND = re.compile(r"\s?[、和及与]\s?|以及")


def _relations(text: str, titles: list[Title], lists: Lists, decided: bool) -> list[CitationKind]:
    """Relations by the words before a list of titles, else by those behind it; a list shares one relation."""
    kinds: list[CitationKind] = []
    first = 0
    while first < len(titles):
        last = first
        while last + 1 < len(titles) and titles[last + 1].joined and not _parts(text, titles, first, last):
            last += 1
        start, end = titles[first].start, titles[last].end
        kind = lists.kind_at(start, end) or _relation(text, start, end, decided, titles[last].name)
        alone = kind
        if kind == "mentions" and last > first and text[titles[first].end : titles[first].end + 1] == "第":
            alone = _relation(
                text, start, titles[first].end, decided
            )  # 依据《甲》第三条和《乙》等规定，依法办理
        group: list[CitationKind] = [alone, *[kind] * (last - first)]
        if kind == "repeals":  # 《甲》第三条和《乙》同时废止 ends the second alone
            group = [
                "mentions" if text[one.end : one.end + 1] == "第" else kind
                for one in titles[first : last + 1]
            ]
        kinds += group
        first = last + 1
    return kinds


def _parts(text: str, titles: list[Title], first: int, last: int) -> bool:
    """A comma behind a title that a verb of its own governs: 恢复执行《甲》，《乙》同时废止."""
    end, following = titles[last].end, titles[last + 1].end
    between = text[end : titles[last + 1].opening]
    if "，" not in between and "；" not in between:
        return False
    return _ENDS.search(text, following, following + 2 * RIGHT) is not None and governs(
        text, titles[first].start
    )


_ENDS = re.compile("废止|失效|停止|不再")


def _relation(text: str, start: int, end: int, decided: bool, name: str | None = None) -> CitationKind:
    right = text[end : end + RIGHT]
    if _speaks_of_end(text, start, right) and repeals(text, start, end, name):
        return "repeals"
    if "转" in right and _THEN_FORWARDED.match(right):
        return "forwards"
    if _speaks_of_change(text, start, end) and amends(text, start, end, decided):
        return "amends"
    left = _clause_before(text, start)
    for signs, pattern, kind in _BEFORE:
        if not signs.isdisjoint(left) and pattern.search(left):
            aside = kind == "basis" and (_THEN_APPLIED.match(right) or _CASE.match(right))
            return "mentions" if aside else kind
    if "、" in text[max(0, start - LEFT) : start] and _BODIES.search(text, max(0, start - LEFT), start):
        return "basis"
    return "prints" if ("布" in right or "印" in right) and _THEN_PRINTED.match(right) else "mentions"


def _speaks_of_end(text: str, start: int, right: str) -> bool:
    """One of the words of a repeal stands near."""
    if "废" in right or "失效" in right or "停止" in right or "不再" in right or "终止" in right:
        return True
    left = text[max(0, start - 2 * LEFT) : start]
    return "废" in left or "撤" in left or "停" in left or "失效" in left or "终止" in left or "不再" in left


def _speaks_of_change(text: str, start: int, end: int) -> bool:
    """One of the words of an amendment stands near."""
    near = text[max(0, start - LEFT) : end + 3 * LEFT]
    return "修" in near or "改为" in near or "删" in near


def _clause_before(text: str, start: int) -> str:
    left = text[max(0, start - LEFT) : start]
    cut = max(left.rfind(sign) for sign in "。；，、！？\n》")
    return left[cut + 1 :]


_Signs = frozenset[str]  # one of them must stand in the clause
_BEFORE: tuple[tuple[_Signs, re.Pattern[str], CitationKind], ...] = (
    (frozenset("转"), _FORWARDS, "forwards"),
    (frozenset("贯落施执推"), _IMPLEMENTS, "implements"),
    (frozenset("据依按遵"), _BASIS, "basis"),
    (frozenset("印发公颁现"), _PRINTS, "prints"),
)
