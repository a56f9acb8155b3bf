"""Numbers, shares, days and document numbers of a text, read so that forms of the same value are equal.

3.5万, 35,000 and 三万五千 are one value, so are 20%, 百分之二十, 两成 and 20 per cent, and 2024年5月1日,
2024-05-01 and 1 May 2024. A key names the kind and the value; the unit stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dashboard.checking.numerals import (
    HAN,
    MAGNITUDES,
    MONTHS,
    UNITS,
    WORDS,
    english_number,
    han_number,
    plainly,
    unit_of,
)

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " ", 0x202F: " "}
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_MAGNITUDE = "|".join(sorted(map(re.escape, MAGNITUDES), key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@dataclass(frozen=True)
class Amount:
    """A value of a text: what kind, how much, in which unit, and where it stands."""

    kind: (
        str  # number | percent | points | fraction | day | month-day | month | year-month | code | identifier
    )
    value: str
    start: int
    end: int
    unit: str = ""
    firm: bool = (
        True  # no word that only looks like a number (一次性), no count of the writer's own (三个方面)
    )

    @property
    def key(self) -> str:
        """Kind and value, equal for every form of it."""
        return f"{self.kind}:{self.value}"


def amounts(text: str) -> list[Amount]:
    """The values of a text in order; what a longer one holds is not read again."""
    letters = text.translate(_WIDE).replace("－", "-")
    taken = bytearray(len(letters))
    found: list[Amount] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(letters):
            if any(taken[match.start() : match.end()]):
                continue
            made = [one for one in read(match) if one is not None]
            if made or read is _nothing:
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            found += made
    return sorted(found, key=lambda one: one.start)


def keys_of(text: str) -> dict[str, set[str]]:
    """The keys of all values of a source's text with their units; a day also counts by its parts."""
    found: dict[str, set[str]] = {}
    for one in amounts(text):
        for key in wider(one):
            found.setdefault(key, set()).add(one.unit)
    return found


def wider(one: Amount) -> Iterator[str]:
    """The key of a value, and of what it implies: a day names its month and year."""
    yield one.key
    if one.kind in ("day", "year-month"):
        year, month, *day = one.value.split("-")
        yield f"number:{int(year)}"
        yield f"month:{int(month)}"
        yield f"year-month:{year}-{month}"
        if day:
            yield f"month-day:{month}-{day[0]}"
            yield f"number:{int(day[0])}"
    elif one.kind == "month-day":
        month, day_of = one.value.split("-")
        yield f"month:{int(month)}"
        yield f"number:{int(day_of)}"
    elif one.kind == "month":
        yield f"number:{one.value}"


def _decimal(printed: str) -> Decimal | None:
    try:
        return Decimal(printed.replace(",", ""))
    except InvalidOperation:
        return None


def _either(printed: str) -> Decimal | None:
    """A number in either script, with or without a magnitude."""
    printed = printed.strip()
    if printed[:1].isdigit():
        match = re.match(rf"({_N})\s*({_MAGNITUDE})?", printed)
        if match is None:
            return None
        value = _decimal(match[1])
        return value * MAGNITUDES[match[2]] if value is not None and match[2] else value
    return han_number(printed)


Reader = Callable[["re.Match[str]"], list[Amount | None]]


def _nothing(match: re.Match[str]) -> list[Amount | None]:
    return []


def _code(match: re.Match[str]) -> list[Amount | None]:
    organ = re.sub(r"\s", "", match["organ"])[-2:]
    return [
        Amount(
            "code", f"{organ}[{match['year']}]{int(match['serial'])}", match.start("year") - 1, match.end()
        )
    ]


def _identifier(match: re.Match[str]) -> list[Amount | None]:
    if sum(sign.isdigit() for sign in match[0]) < 3:
        return []
    name = re.sub(r"[\s]|[-—–−]", lambda one: "-" if one[0].strip() else "", match[0]).casefold()
    return [Amount("identifier", name, *match.span())]


def _day(match: re.Match[str]) -> list[Amount | None]:
    year, month, day = (_either(match[name]) for name in ("y", "m", "d"))
    return [_dated(match, year, month, day)]


def _english_day(match: re.Match[str]) -> list[Amount | None]:
    month = Decimal(MONTHS[match["m"].lower()])
    given = match.groupdict()
    year = Decimal(given["y"]) if given.get("y") else None
    day = Decimal(given["d"]) if given.get("d") else None
    return [_dated(match, year, month, day)]


def _dated(
    match: re.Match[str], year: Decimal | None, month: Decimal | None, day: Decimal | None
) -> Amount | None:
    if month is None or not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    if year is not None and day is not None:
        return Amount("day", f"{int(year):04}-{int(month):02}-{int(day):02}", *match.span())
    if year is not None:
        return Amount("year-month", f"{int(year):04}-{int(month):02}", *match.span())
    if day is not None:
        return Amount("month-day", f"{int(month):02}-{int(day):02}", *match.span())
    return Amount("month", str(int(month)), *match.span())


def _han_day(match: re.Match[str]) -> list[Amount | None]:
    given = match.groupdict()
    parts = {name: _either(given[name]) if given.get(name) else None for name in ("y", "m", "d")}
    if given.get("y") and parts["y"] is None:
        return []
    return [_dated(match, parts["y"], parts["m"], parts["d"])]


def _share(match: re.Match[str]) -> list[Amount | None]:
    worded = match["n"][0].isascii() and match["n"][0].isalpha()
    value = english_number(match["n"]) if worded else _either(match["n"])
    if value is None:
        return []
    sign = match.groupdict().get("points")
    return [Amount("points" if sign else "percent", plainly(value), *match.span())]


def _tenths(match: re.Match[str]) -> list[Amount | None]:
    value = _either(match["n"])
    half = Decimal(5) if match["half"] else Decimal(0)
    return [Amount("percent", plainly(value * 10 + half), *match.span())] if value is not None else []


def _fraction(match: re.Match[str]) -> list[Amount | None]:
    below, above = _either(match["below"]), _either(match["above"])
    if not below or above is None:
        return []
    if below in (100, 1000):
        return [Amount("percent", plainly(above * 100 / below), *match.span())]
    return [Amount("fraction", f"{plainly(above)}/{plainly(below)}", *match.span())]


_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}


def _english_fraction(match: re.Match[str]) -> list[Amount | None]:
    above, below = WORDS[match["above"].lower()], _PARTS[match["below"].lower().rstrip("s")]
    return [Amount("fraction", f"{above}/{below}", *match.span())]


def _arabic(match: re.Match[str]) -> list[Amount | None]:
    value = _decimal(match["n"])
    if value is None:
        return []
    magnitude = (match["magnitude"] or "").lower()
    value *= MAGNITUDES.get(magnitude, 1)
    return [Amount("number", plainly(value), *match.span(), unit_of(match["unit"]))]


def _han(match: re.Match[str]) -> list[Amount | None]:
    printed = match["n"]
    if printed[0] in "百千万亿" or (len(printed) > 1 and set(printed) <= set("百千万亿")):
        return []  # 百姓, 千方百计, 万一
    value = han_number(printed)
    if value is None:
        return []
    unit = unit_of(match["unit"])
    large = len(printed) > 1 and bool(set(printed) & set("十百千万亿〇零点"))
    firm = bool(((large or unit) and value != 1) or match["article"])
    return [Amount("number", plainly(value), *match.span(), unit, firm)]


def _english_words(match: re.Match[str]) -> list[Amount | None]:
    value = english_number(match["n"])
    if value is None:
        return []
    unit = unit_of(match["unit"])
    return [Amount("number", plainly(value), *match.span(), unit, bool((unit and value != 1) or value > 12))]


_HAN_NUMBER = rf"[{HAN}]+(?:点[{HAN}]+)?"
_ENGLISH_NUMBER = rf"(?:{_WORD}|hundred)(?:[\s-]+(?:and\s+)?(?:{_WORD}|hundred|thousand|million|billion))*"
_EITHER = rf"(?:(?:{_N})\s?(?:万亿|亿|千万|百万|万)?|{_HAN_NUMBER})"
_I = re.IGNORECASE
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"(?:https?://|www\.)[^\s，。；）)》”]+|[\w.+-]+@[\w-]+\.[\w.]+"), _nothing),
    (
        re.compile(
            r"(?P<organ>[一-鿿A-Za-z]{1,20})\s?[〔\[(（【﹝]\s?(?P<year>(?:19|20)\d\d)\s?[〕\])）】﹞]\s?第?\s?(?P<serial>\d{1,5})\s?号"
        ),
        _code,
    ),
    (
        re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,6}(?:/[A-Z]{1,3})?[ -]?\d[\d.]*(?:[-—–−]\d+)*(?![A-Za-z0-9])"),
        _identifier,
    ),
    (
        re.compile(
            r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s?([-/.])\s?(?P<m>\d{1,2})\s?\2\s?(?P<d>\d{1,2})(?!\d|\.\d)"
        ),
        _day,
    ),
    (
        re.compile(
            rf"(?P<y>(?:19|20)\d\d|[{HAN}]{{4}})\s?年\s?(?:(?P<m>\d{{1,2}}|[{HAN}]{{1,3}})\s?月)\s?(?:(?P<d>\d{{1,2}}|[{HAN}]{{1,3}})\s?[日号])?"
        ),
        _han_day,
    ),
    (
        re.compile(
            rf"(?<![\d{HAN}])(?P<m>\d{{1,2}}|[{HAN}]{{1,2}})\s?月(?!\w?饼)\s?(?:(?P<d>\d{{1,2}}|[{HAN}]{{1,3}})\s?[日号])?"
        ),
        _han_day,
    ),
    (
        re.compile(
            rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\b\.?,?(?:\s+(?P<y>(?:19|20)\d\d))?",
            _I,
        ),
        _english_day,
    ),
    (
        re.compile(
            rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y>(?:19|20)\d\d))?",
            _I,
        ),
        _english_day,
    ),
    (re.compile(rf"\b(?P<m>{_MONTH})\.?,?\s+(?P<y>(?:19|20)\d\d)", _I), _english_day),
    (
        re.compile(rf"(?P<n>{_EITHER})\s?(?P<points>个?百分点|percentage\s+points?)", _I),
        _share,
    ),
    (re.compile(rf"(?P<n>{_N})\s?(?:%|per\s?cent\b|percent\b)", _I), _share),
    (
        re.compile(
            rf"\b(?P<n>{_ENGLISH_NUMBER})\s(?:per\s?cent\b|percent\b|(?P<points>percentage\s+points?))", _I
        ),
        _share,
    ),
    (re.compile(r"(?<![\d/])(?P<above>\d)/(?P<below>[2-9]|10)(?![\d/])"), _fraction),
    (re.compile(rf"(?P<below>[{HAN}]+|\d+)分之(?P<above>{_HAN_NUMBER}|{_N})"), _fraction),
    (
        re.compile(
            rf"\b(?P<above>{_WORD})[\s-](?P<below>hal(?:f|ves)|thirds?|quarters?|fourths?|fifths?|sixths?|tenths?)\b",
            _I,
        ),
        _english_fraction,
    ),
    (
        re.compile(rf"(?P<n>[{HAN}]|\d(?:\.\d)?)成(?P<half>半)?(?![员为立果效本交就功熟长套都品分年])"),
        _tenths,
    ),
    (
        re.compile(
            rf"(?P<n>{_N})(?:st|nd|rd|th)?(?:\s?(?P<magnitude>{_MAGNITUDE})(?![a-z]))?(?:\s?(?:余|多)?(?P<unit>{_UNIT})(?![a-z]))?",
            _I,
        ),
        _arabic,
    ),
    (re.compile(rf"\b(?P<n>{_ENGLISH_NUMBER})\b(?:[\s-](?P<unit>{_UNIT})\b)?", _I), _english_words),
    (
        re.compile(
            rf"(?P<article>第)?(?P<n>{_HAN_NUMBER})(?(article)\s?[条款项章节号])(?:余|多)?(?P<unit>{_UNIT})?"
        ),
        _han,
    ),
)
