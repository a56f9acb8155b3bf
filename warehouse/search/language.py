"""The words of the query language: the names of its fields, and what people call levels and validity."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date

from warehouse.search.scripts import simplified
from warehouse.search.text import fold

# Field of a query -> what people may write before the colon, the names shown first.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("标题", "title", "题名"),
    "text": ("正文", "text", "body"),
    "number": ("文号", "number", "发文字号"),
    "department": ("机关", "issuer", "department", "部门", "发文机关"),
    "topic": ("主题", "topic"),
    "region": ("地区", "region"),
    "level": ("层级", "level"),
    "source": ("来源", "source"),
    "doc_type": ("类型", "kind", "type", "文种"),
    "year": ("年", "year", "年份"),
    "published": ("发布", "published", "date", "日期", "发布日期"),
    "validity": ("效力", "validity"),
    "attachment": ("附件", "attachment"),
    "has_attachment": ("有附件", "has-attachment"),
    "in_force_on": ("有效于", "in-force"),
    "language": ("语言", "language"),
}
_PARENTHESES = str.maketrans("（）", "()")
DATED_FIELDS = ("year", "published", "in_force_on")
FIELD_OF = {name: field for field, names in FIELDS.items() for name in names}
TEXT_FIELDS = ("title", "text", "attachment", "number")  # these take words, phrases and prefixes

# What a value may be called beside its code.
_CALLED: dict[str, dict[str, str]] = {
    "level": {
        "国际": "international", "国家": "national", "国家级": "national", "中央": "national",
        "省": "provincial", "省级": "provincial", "市": "municipal", "市级": "municipal",
        "县": "county", "县级": "county", "区县": "county",
    },
    "validity": {
        "有效": "in-force", "现行有效": "in-force", "现行": "in-force", "in force": "in-force",
        "修改": "amended", "已修改": "amended", "已被修改": "amended", "废止": "repealed",
        "已废止": "repealed",
        "失效": "expired", "已失效": "expired", "未知": "unknown", "不明": "unknown",
    },
    "language": {
        "中文": "zh", "chinese": "zh", "繁体": "zh-Hant", "繁体中文": "zh-Hant",
        "英文": "en", "english": "en", "德文": "de", "german": "de", "法文": "fr", "french": "fr",
        "西班牙文": "es", "spanish": "es", "意大利文": "it", "italian": "it", "葡萄牙文": "pt",
        "portuguese": "pt", "荷兰文": "nl", "dutch": "nl", "波兰文": "pl", "polish": "pl", "俄文": "ru",
        "russian": "ru", "阿拉伯文": "ar", "arabic": "ar", "日文": "ja", "japanese": "ja",
        "韩文": "ko", "korean": "ko", "印地文": "hi", "hindi": "hi",
    },
    "has_attachment": {
        "是": "yes", "有": "yes", "1": "yes", "true": "yes", "否": "no", "无": "no", "0": "no", "false": "no",
    },
}  # fmt: skip
KNOWN_VALUES = {
    "level": ("international", "national", "provincial", "municipal", "county"),
    "validity": ("in-force", "amended", "repealed", "expired", "unknown"),
    "has_attachment": ("yes", "no"),
}
Span = tuple[date | None, date | None]  # first and last day, either side may be open

_A_DAY = (
    r"[12]\d{3}(?:\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}\s*日?|\s*月)?|\d{2}(?:\d{2})?(?!\d)|\s*年)?"
)
_DAY = re.compile(
    r"(?P<year>[12]\d{3})(?:\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?|\s*月)?|\s*年)?"
)
_RUN_TOGETHER = re.compile(r"([12]\d{3})(\d{2})(\d{2})?")
# Days as somebody may type them with blanks; a bare hyphen has blanks on both sides or on none.
TYPED_SPAN = re.compile(
    rf"(?:(?:>=|<=|>|<|≥|≤|＞=|＜=|＞|＜)\s*{_A_DAY}"
    rf"|{_A_DAY}(?:\s+-\s+|-){_A_DAY}"
    rf"|(?:{_A_DAY})?\s*(?:\.\.+|…+|~|～|至今|至|到|—+|–)\s*(?:{_A_DAY})?"
    rf"|{_A_DAY})(?=[\s)）]|$)"
)
_BETWEEN = re.compile(r"\.\.+|…+|~|至今|至|到|—+|–")
_BOUND = re.compile(r"(>=|<=|>|<|≥|≤)\s*(.+)")
_HYPHENED = re.compile(r"([12]\d{3}.*?)\s*-\s*([12]\d{3}(?!\d).*|[12]\d{5}|[12]\d{7})")


def code_of(field: str, value: str) -> str:
    """The code that a value of a field stands for (省级: provincial), or the value itself."""
    called = _CALLED.get(field, {})
    return called.get(plain(value), value.strip())


def plain(name: str) -> str:
    """A name as names are compared: simplified, lower case, one width, hyphens for underscores."""
    return simplified(fold(name)).strip().replace("_", "-").translate(_PARENTHESES)


def span(value: str) -> Span | None:
    """The days a value means: 2024, 2024-05, 2024-05-01, 20240501, 2021-2024, 2024-01..2024-06,
    >=2024-01, ..2023.

    None when it means none.
    """
    written = unicodedata.normalize("NFKC", value).strip()
    hyphened = _HYPHENED.fullmatch(written)
    if hyphened:
        written = f"{hyphened[1]}..{hyphened[2]}"
    bound = _BOUND.fullmatch(written)
    if bound:
        return _bounded(bound[1], _whole(bound[2]))
    sides = _BETWEEN.split(written, maxsplit=1)
    if len(sides) == 1:
        return _whole(written)
    first, last = (_whole(side) if side.strip() else (None, None) for side in sides)
    if first is None or last is None or first == last == (None, None):
        return None
    if first[0] and last[1] and first[0] > last[1]:
        return None
    return first[0], last[1]


def one_day(value: str) -> date | None:
    """The day a value means, None for a month, a year or anything else."""
    found = span(value)
    return found[0] if found and found[0] == found[1] else None


def _bounded(sign: str, days: tuple[date, date] | None) -> Span | None:
    if days is None:
        return None
    first, last = days
    try:
        after, before = date.fromordinal(last.toordinal() + 1), date.fromordinal(first.toordinal() - 1)
    except ValueError:
        return None
    spans: dict[str, Span] = {
        ">=": (first, None), "≥": (first, None), ">": (after, None),
        "<=": (None, last), "≤": (None, last), "<": (None, before),
    }  # fmt: skip
    return spans[sign]


def _whole(written: str) -> tuple[date, date] | None:
    """First and last day of a year, a month or a day."""
    together = _RUN_TOGETHER.fullmatch(written.strip())
    if together:
        written = "-".join(part for part in together.groups() if part)
    found = _DAY.fullmatch(written.strip())
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.group("year", "month", "day"))
    try:
        if month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day is None:
            return date(year or 0, month, 1), date(year or 0, month, monthrange(year or 0, month)[1])
        return date(year or 0, month, day), date(year or 0, month, day)
    except ValueError:
        return None
