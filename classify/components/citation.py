"""Documents that a document names, each with the relation that the words around its title show."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.cited_number import bare_numbers, number_in, standard_before
from classify.components.english_citation import english_citations
from classify.components.listed import Lists
from classify.components.sentence import sentence_at
from classify.components.state import MINED_CHARACTERS, MOST_FACTS, Component, findings, mark
from warehouse.identity import fact_id as name_fact
from warehouse.records import Citation, CitationKind

LONGEST_TITLE = 200
LEFT, RIGHT = 40, 60
_NUMBER_AFTER = re.compile(
    r"\s?[（(]([^（()）]{0,12}[〔\[【［﹝(（]?[^（）]{1,50}?号[^（()）]{0,40}|[A-Z/]{1,8}\s?[\d.]{1,9}\s?[—–-]{1,2}\s?\d{4})[）)]"
)
_SHORT_FORM = re.compile(r"[，、]?\s?(?:以下|下称)[^“《\"）)]{0,6}[“《\"]([^”》\"）)]{1,20})[”》\"]")
_BRIEF = re.compile(r"[（(](?:以下|下称)[^（()）]{1,30}[）)]")
_JOINED = re.compile(r"\s?(?:、|和|及|以及|与|，|,|；|;|或者|或)?\s?(?:国务院)?$")
_BASIS = re.compile(
    r"(?:根据|依据|依照|按照|遵照|按)(?:修订后的|新修订的|国家|国务院|中华人民共和国|[一-鿿]{0,14})?[“\s]?$"
)
_IMPLEMENTS = re.compile(
    r"(?:贯彻落实|贯彻执行|贯彻实施|贯彻|落实|实施|执行|推进|组织实施)(?:好)?[一-鿿]{0,14}[“\s]?$"
)
_FORWARDS = re.compile(r"(?:转发|批转)[一-鿿]{0,20}$")
_PRINTS = re.compile(r"(?:印发|发布|公布|颁布|现将)[一-鿿]{0,16}(?<![了的])$")
_AMENDS = re.compile(r"(?:(?:修改|修订|修正)(?!后|的|稿)|对(?![照于应此外接比标口]))[一-鿿]{0,12}$")
_REPEALS = re.compile(r"(?<!不予)(?:废止|撤销|停止执行)[一-鿿]{0,12}$")
_THEN_REPEALED = re.compile(
    r"(?:等[^。，；《]{0,14})?(?:自[^。，；《]{0,24})?[，]?(?:同时|即行|立即|即|一律|相应|均|予以|也|随之|一并)*(?:废止|停止执行)"
)
_THEN_PRINTED = re.compile(
    r"(?:等[^。，；《]{0,10})?(?:(?:已|业|经)[^。；《]{0,40}?)?[，,]?(?:现)?(?:予以|予|一并)?(?:印发|公布|发布)(?![后的时以之至一两半])"
)
_THEN_FORWARDED = re.compile(
    r"(?:等[^。，；《]{0,10})?(?:[，,]?[^。，；《]{0,24}(?:同意|批准)[，,])?[，,]?(?:现)?(?:予以)?(?:转发|转给你)"
)
_THEN_AMENDED = re.compile(
    r"(?:等[^。，；《]{0,10})?(?:第[^。，；《]{1,24})?(?:作出?|予以|进行)?(?:如下|以下|部分)?(?:修改|修订)(?:如下|为|[：:。，])?"
)
_THEN_APPLIED = re.compile(
    r"(?:等[^。，；《]{0,14})?(?:第[^。，；《]{1,30}?)?(?:的|及其)?(?:有关|相关)?[^。，；《的]{0,6}(?:规定|要求|程序)?[，,]?(?:对[^。，；《]{1,30})?(?:由[^。，；《]{2,20})?"
    r"(?:依法)?(?:予以|给予|进行|实施|从重|从轻)?(?:办理|执行|处罚|处理|处以|处分|追究|扣分|承担|查处|吊销|责令|从其|监督管理|监督检查|行政处罚)"
)


_Named = tuple[int, int, CitationKind, str | None, str | None]  # start, end, relation, title, number


@dataclass(frozen=True, slots=True)
class _Title:
    name: str
    start: int  # of 《
    end: int  # after 》 and a number in brackets
    close: int  # of 》
    number: str | None
    joined: bool  # follows the one before in a list


@Language.factory("gov_citation")
class CitationReader(Component):
    """Adds the citations of the text, in order."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        text = state.text[:MINED_CHARACTERS]
        own = plain_title(state.document.title)
        found = english_citations(text) if self.language == "en" else chinese_citations(text)
        places = []
        for start, end, kind, title, number, sentence in islice(found, MOST_FACTS):
            if own and own in (plain_title(title or ""), plain_title(sentence)):
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
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", title)).casefold()


def chinese_citations(text: str) -> Iterator[tuple[int, int, CitationKind, str | None, str | None, str]]:
    """(start, end, kind, title, number, sentence) of each title in 《》; short forms are resolved inside."""
    titles = list(find_titles(text))
    shorts: dict[str, _Title] = {}
    numbers: dict[str, str] = {}
    kinds = _relations(text, titles)
    found: list[_Named] = []
    for title, kind in zip(titles, kinds, strict=True):
        meant = shorts.get(title.name, title)
        if meant is not title and kind == "mentions":
            continue
        defined = _SHORT_FORM.search(text, title.close, max(title.end, title.close + 40))
        if defined is not None:
            shorts[defined.group(1)] = title
        if meant.number is not None:
            numbers[meant.name] = meant.number
        found.append((title.start, title.end, kind, meant.name, numbers.get(meant.name)))
    found += _bare_numbers(text, titles)
    for start, end, kind, name, number in sorted(found, key=lambda one: one[:2]):
        yield start, end, kind, name, number, sentence_at(text, start, end)


def _bare_numbers(text: str, titles: list[_Title]) -> list[_Named]:
    """Papers named by number alone (根据云政办发〔2026〕14号文件); a line of its own is the own number."""
    starts = [title.start for title in titles]
    found: list[_Named] = []
    for start, end, number in bare_numbers(text):
        before = bisect_right(starts, start) - 1
        inside = before >= 0 and start < titles[before].end
        alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
        if not inside and not alone:
            found.append((start, end, _relation(text, start, end), None, number))
    return found


def find_titles(text: str) -> Iterator[_Title]:
    """Outermost 《…》 with a document number in brackets directly behind it, if there is one."""
    at, before = text.find("《"), -1
    while at >= 0:
        close = _closing(text, at)
        if close < 0:
            at = text.find("《", at + 1)
            continue
        start, end, number = at, close + 1, None
        behind = _NUMBER_AFTER.match(text, end, end + RIGHT + 40)
        if behind is not None and (number := number_in(behind.group(1))) is not None:
            end = behind.end()
        if number is None and (standard := standard_before(text, at)) is not None:
            number, start = standard
        joined = before >= 0 and at - before < 7 and _JOINED.match(text[before:at]) is not None
        yield _Title(" ".join(text[at + 1 : close].split()), start, end, close, number, joined)
        brief = _BRIEF.match(text, end, end + RIGHT)
        before = brief.end() if brief is not None else end
        at = text.find("《", before)


def _closing(text: str, start: int) -> int:
    """The 》 that closes the 《 at start, over at most three nested titles; -1 when there is none near."""
    limit, opened, at = min(len(text), start + LONGEST_TITLE), 1, start
    for _ in range(4):
        close = text.find("》", at + 1, limit)
        if close < 0:
            return -1
        opened += text.count("《", at + 1, close) - 1
        if opened <= 0:
            return close
        at = close
    return -1


def _relations(text: str, titles: list[_Title]) -> list[CitationKind]:
    """Relations by the words before a list of titles, else by those behind it; a list shares one relation."""
    kinds: list[CitationKind] = []
    lists = Lists(text)
    first = 0
    while first < len(titles):
        last = first
        while last + 1 < len(titles) and titles[last + 1].joined:
            last += 1
        kind = lists.kind_at(titles[first].start) or _relation(text, titles[first].start, titles[last].end)
        kinds += [kind] * (last - first + 1)
        first = last + 1
    return kinds


def _relation(text: str, start: int, end: int) -> CitationKind:
    right = text[end : end + RIGHT]
    if _THEN_REPEALED.match(right):
        return "repeals"
    if _THEN_AMENDED.match(right):
        return "amends"
    if _THEN_FORWARDED.match(right):
        return "forwards"
    left = _clause_before(text, start)
    for pattern, kind in _BEFORE:
        if pattern.search(left):
            aside = (kind == "amends" and left.endswith("对")) or (
                kind == "basis" and _THEN_APPLIED.match(right)
            )
            return "mentions" if aside else kind
    return "prints" if _THEN_PRINTED.match(right) else "mentions"


def _clause_before(text: str, start: int) -> str:
    left = text[max(0, start - LEFT) : start]
    cut = max(left.rfind(sign) for sign in "。；，、！？\n》")
    return left[cut + 1 :]


_BEFORE: tuple[tuple[re.Pattern[str], CitationKind], ...] = (
    (_REPEALS, "repeals"), (_FORWARDS, "forwards"), (_IMPLEMENTS, "implements"), (_BASIS, "basis"),
    (_PRINTS, "prints"), (_AMENDS, "amends"),
)  # fmt: skip
