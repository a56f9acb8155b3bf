"""Lists of papers under a heading that says what becomes of them: 废止下列文件：, 现发布下列标准：.

An item names its paper in 《》, or by a serial, its title and its number in brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from warehouse.records import CitationKind

_ENDED = "(?:废止|宣布失效|停止执行|失效)"
_HINTS = ("下列", "以下", "宣布失效", "决定废止", "予以废止", "废止的", "失效的")
_ENDING = re.compile(
    rf"{_ENDED}[^。《]{{0,6}}(?:下列|以下)|(?:下列|以下)[^。《]{{0,30}}{_ENDED}"
    rf"|(?:宣布|予以|决定){_ENDED}[：:]?$|{_ENDED}的?[^。《]{{0,14}}(?:目录|清单)"
    rf"|{_ENDED}的[^。，《]{{0,14}}(?:文件|规章|法规|规定|办法)[^。，《]{{0,8}}[：:]?$"
)
_THINGS = re.compile(
    r"(?:下列|以下)[^。《]{0,20}?(?:收费|项目|事项|许可|审批|资质|机构|职务|证|条款|标准|标识)"
)
_REFUSED = re.compile(r"不得|建议|拟(?![定订])|请求|申请|是否|如果|未|应当|可以|有权|[？?]|吗|任何")
_PART = re.compile(r"\s*(?:的?第|中|设立|所附|的?附件|[^。；，《\n]{0,6}(?:收费|条款|部分))")
_PRINTING = re.compile(r"(?:发布|公布|印发)(?:下列|以下)")
_TAIL = 40  # a heading ends its line soon after it
_ITEM = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百\d]{1,4}[）)、.．]\s?|\d{1,3}\t|[A-Z/]{2,8}\s?\d[\d.]*[—–-]\d{4}\s?)?[^《\n]{0,24}《"
)
_PLAIN = re.compile(
    r"\s*[（(]?[一二三四五六七八九十百\d]{1,4}[）)、.．\t ]\s{0,4}"
    r"(?P<title>[^《（(\n\t]{5,90})[（(\t]\s?[^（()）\n]{2,24}[\d]\s?号"
)
_KEEPS = re.compile(r"继续有效|保留|不予废止|修改")


class Lists:
    """Where such lists stand in a text."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._kinds: list[CitationKind] = []
        self._heads: list[str] = []
        self._text = text
        if "下列" in text or "以下" in text or "失效" in text or "废止" in text:
            self._read(text)

    def kind_at(self, place: int, end: int = 0) -> CitationKind | None:
        """What the list says that holds this place; None outside of lists and of parts of a paper."""
        index = self._index(place)
        if index is None or (self._kinds[index] == "repeals" and _PART.match(self._text, max(place, end))):
            return None
        return self._kinds[index]

    def item_before(self, place: int) -> str | None:
        """The title without 《》 that leads the item whose number stands at place."""
        found = _PLAIN.match(self._text, self._text.rfind("\n", 0, place) + 1)
        return found["title"].strip() if found is not None and found.end("title") < place else None

    def told(self, place: int, said: str) -> str:
        """The words of an item with the heading that they mean nothing without."""
        index = self._index(place)
        return said if index is None else self._heads[index] + said

    def _index(self, place: int) -> int | None:
        index = bisect_right(self._starts, place) - 1
        return index if index >= 0 and place < self._ends[index] else None

    def _read(self, text: str) -> None:
        for hint in _hints(text):
            start, end = text.rfind("\n", 0, hint) + 1, text.find("\n", hint)
            if end < 0 or end - start > 240 or (self._starts and start < self._ends[-1]):
                continue
            kind = _said(text[start:end].rstrip())
            if kind is not None and (last := _end_of_items(text, end + 1)) > end + 1:
                self._starts.append(end + 1)
                self._ends.append(last)
                self._kinds.append(kind)
                head = text[start:end].strip()[-80:]
                self._heads.append(head[max(head.rfind("。"), head.rfind("，")) + 1 :])


def _hints(text: str) -> list[int]:
    """Places of words that may lead a list, in order; one of a kind is enough in a line."""
    places = []
    for word in _HINTS:
        at = text.find(word)
        while at >= 0:
            places.append(at)
            line = text.find("\n", at)
            at = text.find(word, line) if line >= 0 else -1
    return sorted(places)


def _said(line: str) -> CitationKind | None:
    """What the end of a line says of the list below it."""
    for signs, pattern, kind in _SAID:
        found = pattern.search(line) if any(sign in line for sign in signs) else None
        if found is None or len(line) - found.end() > _TAIL:
            continue
        if kind == "repeals" and (_THINGS.search(line) or _REFUSED.search(line)):
            continue
        if not re.search("[《。]", line[found.start() : -1]) and not _KEEPS.search(line, found.start() - 8):
            return kind
    return None


_SAID: tuple[
    tuple[tuple[str, ...], re.Pattern[str], CitationKind], ...
] = (  # one of the words must stand there
    (("废止", "失效", "停止执行"), _ENDING, "repeals"),
    (("发布", "公布", "印发"), _PRINTING, "prints"),
)


def _end_of_items(text: str, at: int) -> int:
    """Where the lines that are items of the list end."""
    end = at
    while at < len(text) and (_ITEM.match(text, at) or _PLAIN.match(text, at)):
        line = text.find("\n", at)
        end = len(text) if line < 0 else line
        at = end + 1
    return end
