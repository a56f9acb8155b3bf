"""Laws named without brackets: as the basis (根据宪法) or with an article (行政处罚法第二十三条)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from classify.components.anchors import Anchors

_LAWS = frozenset(tomllib.loads(Path(__file__).with_name("laws.toml").read_text(encoding="utf-8"))["laws"])
_LENGTHS = {  # of the laws that end with these two signs
    end: tuple(sorted({len(name) for name in _LAWS if name.endswith(end)}, reverse=True))
    for end in {name[-2:] for name in _LAWS}
}
_COUNTRY = "中华人民共和国"
_NO_LAW = frozenset(
    "办方依违合执司非立做守普用手书说看想无守枉"
)  # 办法, 依法, 立法 ... hold no name of a law
_WORD = frozenset("律制治人院学官规理庭条则庙宝医")  # 法律, 法制 ... go on
_CODES = {"法": 2, "例": 4, "典": 3, "约": 4, "则": 4}
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇千\d]{1,9}[条章款]")
_LEAD = re.compile(
    r".*(?:根据|依据|依照|按照|遵照|违反|适用|符合|触犯|构成|参照|对照|修改|删去|引用|援引"
    r"|以及|规定|执行|贯彻|实施"
    r"|关于|包括|[的及和与或对由在以是将把按为即同])"
)
_OTHER = re.compile(r"[本该其]|^(?:[此前上新原旧这某同两各除]|有关|相关|办法|方法)")
_BEFORE = re.compile(
    r"(?:根据|依据|依照|按照|遵照|违反|适用|符合|参照|触犯|[、及和与或])(?:国家|我国|现行"
    r"|修订后的|新修订的|修改后的)?\Z"
)
_BEHIND = re.compile(
    r"第[一二三四五六七八九十百零〇千\d]{1,9}[条章款]|(?:等[^。，；]{0,8})?(?:的?(?:有关"
    r"|相关))?的?(?:有关)?(?:规定|条款|要求)"
)
_LISTED = re.compile(r"(?:、|和|及|以及|与|或者)")
_BASIS = re.compile(r"(?:根据|依据|依照|按照|遵照|违反|适用)")


def bare_laws(text: str, anchors: Anchors) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of each law named without brackets, from left to right."""
    last = 0
    for place in anchors.at("article"):
        if text[place + 1 : place + 2] == "第":
            found = _before_article(text, place, last)
        elif text[place] in "法典" and text[place - 1 : place] not in _NO_LAW:
            found = _known(text, place, last)
        else:
            continue
        if found is not None:
            yield found
            last = found[1]


def _before_article(text: str, place: int, last: int) -> tuple[int, int, str] | None:
    """行政处罚法第二十三条: any law, code, regulation or convention directly before an article number."""
    if not _ARTICLE.match(text, place + 1):
        return None
    start = _named_from(text, place, last)
    if start is None:
        low = place
        while low > max(last, place - 24) and "一" <= text[low - 1] <= "鿿":
            low -= 1
        words = text[low:place]
        lead = _LEAD.match(words)
        start = low + (lead.end() if lead is not None else 0)
        if not _is_code(text[start : place + 1]):
            return None
    name = text[start : place + 1]
    return None if _quoted(text, start, place + 1) else (start, place + 1, name)


def _is_code(name: str) -> bool:
    """It reads as the name of a code: 民用航空法, 海河流域管理条例; not 本法, 该办法."""
    if _OTHER.search(name) or len(name) < _CODES.get(name[-1], 99):
        return False
    if name[-1] == "例":
        return name.endswith("条例")
    if name[-1] == "法":
        return len(name) >= 6 if name[-2] == "办" else name[-2] not in _NO_LAW
    return name.endswith(("法典", "公约", "条约"))


def _known(text: str, place: int, last: int) -> tuple[int, int, str] | None:
    """根据宪法, 依照治安管理处罚法的规定: a law of our list that is named as a law."""
    if text[place + 1 : place + 2] in _WORD:
        return None
    start = _named_from(text, place, last)
    if start is None or _quoted(text, start, place + 1):
        return None
    full = text.startswith(_COUNTRY, start)
    before = text[max(0, start - 12) : start]
    left, right = _BEFORE.search(before), _BEHIND.match(text, place + 1)
    if not full and left is None and right is None:
        return None
    if (
        not full
        and right is None
        and left is not None
        and left.group()[0] in "、及和与或"
        and not _in_list(text, start)
    ):
        return None
    return start, place + 1, text[start : place + 1]


def _in_list(text: str, start: int) -> bool:
    """An earlier member of the list has a verb that makes it a basis."""
    window = text[max(0, start - 60) : start]
    cut = max(window.rfind(sign) for sign in "。；，\n")
    return _BASIS.search(window, cut + 1) is not None


def _named_from(text: str, place: int, last: int) -> int | None:
    """Where the longest listed name that ends at place begins, with 中华人民共和国 if that leads it."""
    for length in _LENGTHS.get(text[max(place - 1, 0) : place + 1], ()):
        start = place - length + 1
        if start >= last and text[start : place + 1] in _LAWS:
            country = start - len(_COUNTRY)
            return country if country >= last and text.startswith(_COUNTRY, country) else start
    return None


def _quoted(text: str, start: int, end: int) -> bool:
    """Inside 《》: the title reader has it."""
    opening, closing = (
        text.rfind("《", max(0, start - 80), start),
        text.rfind("》", max(0, start - 80), start),
    )
    return opening > closing or text[end : end + 1] == "》"
