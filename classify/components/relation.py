"""What a document does with a paper it names, by the words around: basis, forwarded, printed, ended, ..."""

from __future__ import annotations

import re

from classify.components.amending import amends
from classify.components.listed import Lists
from classify.components.repealing import governs, repeals
from classify.components.titles import Title
from warehouse.records import CitationKind

LEFT, RIGHT = 40, 60
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
_ENDS = re.compile("废止|失效|停止|不再")
_LISTED = re.compile(r"(?:[、和及与]|以及)(?:我国|国家)?\Z")
_CASE = re.compile(r"[^，。；：\n]{2,50}的[，；。]")  # 依照《甲法》的规定不受保护的，…: a case, no basis


def relations(text: str, titles: list[Title], lists: Lists, decided: bool) -> list[CitationKind]:
    """Relations by the words before a list of titles, else by those behind it; a list shares one relation."""
    kinds: list[CitationKind] = []
    first = 0
    while first < len(titles):
        last = first
        while last + 1 < len(titles) and titles[last + 1].joined and not _parts(text, titles, first, last):
            last += 1
        start, end = titles[first].start, titles[last].end
        kind = lists.kind_at(start, end) or relation(text, start, end, decided, titles[last].name)
        alone = kind
        if kind == "mentions" and last > first and text[titles[first].end : titles[first].end + 1] == "第":
            # 依据《甲》第三条和《乙》等规定，依法办理
            alone = relation(text, start, titles[first].end, decided)
        group: list[CitationKind] = [alone, *[kind] * (last - first)]
        if kind == "repeals":  # 《甲》第三条和《乙》同时废止 ends the second alone
            group = [
                "mentions" if text[one.end : one.end + 1] == "第" else kind
                for one in titles[first : last + 1]
            ]
        kinds += group
        first = last + 1
    return kinds


def relation_of_law(
    text: str, start: int, end: int, decided: bool, kinds: dict[int, CitationKind]
) -> CitationKind:
    """根据甲法、乙法等有关规定，制定: the second law of a list is a basis as the first one is."""
    kind = relation(text, start, end, decided)
    joined = _LISTED.search(text, max(0, start - 4), start) if kind == "mentions" else None
    if joined is None or kinds.get(joined.start()) != "basis":
        return kind
    right = text[end : end + RIGHT]
    return kind if _THEN_APPLIED.match(right) or _CASE.match(right) else "basis"


def relation(text: str, start: int, end: int, decided: bool, name: str | None = None) -> CitationKind:
    """The relation that the words around the paper at start..end show; `decided`: of an amending decision."""
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


def _parts(text: str, titles: list[Title], first: int, last: int) -> bool:
    """A comma behind a title that a verb of its own governs: 恢复执行《甲》，《乙》同时废止."""
    end, following = titles[last].end, titles[last + 1].end
    between = text[end : titles[last + 1].opening]
    if "，" not in between and "；" not in between:
        return False
    ended = _ENDS.search(text, following, following + 2 * RIGHT) is not None
    return ended and governs(text, titles[first].start)


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
    return left[max([left.rfind(sign) for sign in "。；，、！？\n》"]) + 1 :]


_Signs = frozenset[str]  # one of them must stand in the clause
_BEFORE: tuple[tuple[_Signs, re.Pattern[str], CitationKind], ...] = (
    (frozenset("转"), _FORWARDS, "forwards"),
    (frozenset("贯落施执推"), _IMPLEMENTS, "implements"),
    (frozenset("据依按遵"), _BASIS, "basis"),
    (frozenset("印发公颁现"), _PRINTS, "prints"),
)
