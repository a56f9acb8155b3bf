"""Lists of titles under a heading that says what becomes of them: 废止下列文件：, 现发布下列标准：."""

from __future__ import annotations

import re
from bisect import bisect_right

from warehouse.records import CitationKind

_ENDED = "(?:废止|宣布失效|停止执行|失效)"
_HINT = re.compile("下列|以下|宣布失效|决定废止|予以废止|废止的|失效的")
_ENDING = re.compile(
    rf"{_ENDED}[^。《]{{0,6}}(?:下列|以下)|(?:下列|以下)[^。《]{{0,30}}{_ENDED}"
    rf"|(?:宣布|予以|决定){_ENDED}[：:]?$|{_ENDED}的?[^。《]{{0,14}}(?:目录|清单)"
)
_PRINTING = re.compile(r"(?:发布|公布|印发)(?:下列|以下)")
_TAIL = 40  # a heading ends its line soon after it
_ITEM = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百\d]{1,4}[）)、.．]\s?|\d{1,3}\t|[A-Z/]{2,8}\s?\d[\d.]*[—–-]\d{4}\s?)?[^《\n]{0,24}《"
)
_KEEPS = re.compile(r"继续有效|保留|不予废止|修改")


class Lists:
    """Where such lists stand in a text."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._kinds: list[CitationKind] = []
        if "下列" in text or "以下" in text or "失效" in text or "废止" in text:
            self._read(text)

    def kind_at(self, place: int) -> CitationKind | None:
        """What the list says that holds this place; None outside of lists."""
        index = bisect_right(self._starts, place) - 1
        return self._kinds[index] if index >= 0 and place < self._ends[index] else None

    def _read(self, text: str) -> None:
        for hint in _HINT.finditer(text):
            start, end = text.rfind("\n", 0, hint.start()) + 1, text.find("\n", hint.end())
            if end < 0 or end - start > 240 or (self._starts and start < self._ends[-1]):
                continue
            kind = _said(text[start:end].rstrip())
            last = _end_of_items(text, end + 1)
            if kind is not None and last > end + 1:
                self._starts.append(end + 1)
                self._ends.append(last)
                self._kinds.append(kind)


def _said(line: str) -> CitationKind | None:
    """What the end of a line says of the list below it."""
    for pattern, kind in _SAID:
        found = pattern.search(line)
        if found is None or len(line) - found.end() > _TAIL:
            continue
        if not re.search("[《。]", line[found.start() : -1]) and not _KEEPS.search(line, found.start() - 8):
            return kind
    return None


_SAID: tuple[tuple[re.Pattern[str], CitationKind], ...] = ((_ENDING, "repeals"), (_PRINTING, "prints"))


def _end_of_items(text: str, at: int) -> int:
    """Where the lines that are items of the list end."""
    end = at
    while at < len(text) and _ITEM.match(text, at):
        line = text.find("\n", at)
        end = len(text) if line < 0 else line
        at = end + 1
    return end
