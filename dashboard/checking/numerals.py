"""Numbers in words: Chinese signs, English words, magnitudes, and the units that are compared."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

HAN = "〇零○一二三四五六七八九十百千万亿两"
_DIGIT = dict(zip("〇零○一二两三四五六七八九", (0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TIMES = {"十": 10, "百": 100, "千": 1000}
MAGNITUDES = {
    "万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3,
    "百亿": 10**10, "千亿": 10**11, "trillion": 10**12, "billion": 10**9, "bn": 10**9, "million": 10**6,
    "mn": 10**6, "m": 10**6, "thousand": 10**3, "k": 10**3, "hundred": 100, "dozen": 12,
}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
UNITS = {  # units of which another one is a fault; the rest is not compared
    "年": "year", "年度": "year", "周年": "year", "years": "year", "year": "year", "个月": "month",
    "months": "month",
    "month": "month", "日": "day", "天": "day", "days": "day", "day": "day", "个工作日": "working day",
    "工作日": "working day", "working days": "working day", "working day": "working day",
    "business days": "working day", "个自然日": "day", "周": "week", "个星期": "week", "weeks": "week",
    "week": "week",
    "小时": "hour", "个小时": "hour", "hours": "hour", "hour": "hour", "分钟": "minute", "minutes": "minute",
    "minute": "minute", "元": "yuan", "人民币": "yuan", "yuan": "yuan", "公里": "km", "千米": "km",
    "km": "km",
    "吨": "t", "tonnes": "t", "公顷": "ha", "hectares": "ha", "亩": "mu", "平方米": "m2", "平方公里": "km2",
    "人": "person", "名": "person", "people": "person", "persons": "person", "户": "household", "家": "firm",
    "倍": "times", "次": "time", "岁": "age",
}  # fmt: skip


def han_number(printed: str) -> Decimal | None:
    """The value of a number in Chinese signs: 三千五百, 二〇二四, 一点五万; None for what is none."""
    whole, point, part = printed.partition("点")
    if point:
        scale = 1
        while part and part[-1] in "万亿":
            scale *= MAGNITUDES[part[-1]]
            part = part[:-1]
        front, digits = han_number(whole), "".join(str(_DIGIT[one]) for one in part if one in _DIGIT)
        return (
            Decimal(f"{front}.{digits}") * scale
            if front is not None and len(digits) == len(part) > 0
            else None
        )
    if all(one in _DIGIT for one in whole) and len(whole) > 1:
        return Decimal("".join(str(_DIGIT[one]) for one in whole)) if len(whole) > 2 else None
    return _scaled(whole)


def _scaled(printed: str) -> Decimal | None:
    total = section = digit = 0
    seen = False  # a digit waits for its magnitude
    for sign in printed:
        if sign in _DIGIT:
            if seen and _DIGIT[sign] and digit:
                return None
            digit, seen = _DIGIT[sign], True
        elif sign in _TIMES:
            section += (digit if seen and digit else 1) * _TIMES[sign]
            digit, seen = 0, False
        else:
            total = (
                (total + section + digit) * MAGNITUDES[sign]
                if sign == "亿"
                else total + (section + digit) * 10**4
            )
            section, digit, seen = 0, 0, False
    return Decimal(total + section + digit)


def plainly(value: Decimal) -> str:
    return format(value.normalize(), "f")


def english_number(printed: str) -> Decimal | None:
    total, current = 0, 0
    for word in re.findall(r"[a-z]+", printed.lower()):
        if word in WORDS:
            current += WORDS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in ("thousand", "million", "billion"):
            total, current = total + (current or 1) * MAGNITUDES[word], 0
        elif word != "and":
            return None
    return Decimal(total + current)


@cache
def unit_of(printed: str | None) -> str:
    return UNITS.get(re.sub(r"\s+", " ", (printed or "").lower()).strip(), "")
