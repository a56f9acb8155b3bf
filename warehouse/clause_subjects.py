"""What a clause is about, its words without figures and bearers; and what it sets, days and quantities."""

from __future__ import annotations

import re

NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、．.]"
    r"|第[零〇一二三四五六七八九十百千\d]{1,6}[章节条款][ \u3000]*"
    r"|[（(]?\d{1,3}[）)、．.](?!\d)[ \u3000]*|\(?[a-z][).] )"
)
FIGURE = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|\d+(?:[.,]\d+)*\s?(?:%|％|‰|[年月日天个名户处座项万亿元人次米吨家所张份小时里平方公]{1,3}|percent|days?|months?|years?)?"
    r"|[零〇一二两三四五六七八九十百千万亿]{1,8}(?:年|月|日|天|个|名|户|处|座|项|万|亿|元|人|次|平方米|米|公里|吨|家|成|倍|周|小时)"
)
_NAMED = re.compile(
    r"《[^》]*》|〈[^〉]*〉|[〔\[（(]\d{4}[〕\]）)]\d+号"
)  # figures of titles and numbers are names
_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|中旬|上旬|下旬)|\d{4}年(?:\d{1,2}月|底|末|内)")
_QUANTITY = re.compile(r"\d|百分之|[零〇一二两三四五六七八九十百千万亿]{2}")
# Who must do it, before what is to be done: of the subject it says nothing.
_BEARERS = re.compile(
    r"^(?:[^，。；：]{1,24}?(?:委员会|人民政府|办公[厅室]|部门|[局厅])(?:分别|会同|牵头|负责|[、和及，])*)+"
)
_UNTIL = re.compile(r"(?:自|从|于|在|到|至)?[年底末]{0,2}(?:之?前|以前|底前|起)")
_HEADING = 24  # letters of a heading in front of its clauses at most
_TITLE = 40  # letters of one that is a paragraph of its own
_HEADS = re.compile(r"\s*[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|\s*\d{1,2}[、．.](?!\d)")
_STOP = re.compile(r"[。；！？;!?.，,：:]$")


def unnamed(text: str) -> str:
    """The clause without the number in front and without the names of documents."""
    return _NAMED.sub("", NUMBERED.sub("", text, count=1))


def subject(text: str) -> str:
    """What the clause is about: without its number, who bears it, by when and how much."""
    told = _BEARERS.sub("", unnamed(text))
    return _UNTIL.sub("", FIGURE.sub("", told))


def sets(text: str) -> frozenset[str]:
    """Which of `day` and `quantity` the clause sets."""
    told = unnamed(text)
    found = {"day"} if _DAY.search(told) else set()
    if _QUANTITY.search(re.sub(r"\d{4}年", "", _DAY.sub("", told))):
        found.add("quantity")
    return frozenset(found)


def is_heading(text: str, paragraph: str) -> bool:
    """Whether a sentence at the beginning of its paragraph is a heading: numbered and short, or all of it."""
    if not paragraph.lstrip().startswith(text):
        return False
    if paragraph.strip() == text and not _STOP.search(text):
        return len(text) <= _TITLE
    return bool(_HEADS.match(text)) and len(text) <= _HEADING and not sets(text)
