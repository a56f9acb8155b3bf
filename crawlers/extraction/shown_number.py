"""Numbers and dates of spreadsheets as their number formats show them: `0.125` with `0.0%` is `12.5%`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SYSTEM_DATES = ("mm-dd-yy", "m/d/yy", "m/d/yyyy")  # number 14: the reader's own short date, so ISO here
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<span>h+|m+|s+)\]|\[[^\]]*\]'
    r"|_.|\*.|(?P<ampm>AM/PM|A/P|上午/下午)|(?P<date>y+|m+|d+|h+|s+)|(?P<number>[0#?][0#?,.]*|\.[0#?]+)"
    r"|(?P<power>E[+-])|(?P<other>.)",
    re.I | re.S,
)
_NOT_DATE = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I)
_DATE = re.compile(r"[ymdhs]", re.I)
_MOST_DECIMALS = 30


class _Number(NamedTuple):
    """How one section of a format shows a number."""

    before: str
    after: str
    decimals: int
    kept: int  # of the decimals that are shown also when they are 0
    digits: int  # shown at least before the point
    grouped: bool
    scale: int  # power of ten by which the number is multiplied
    plain: bool  # no digits asked for: literal text only


def shown(value: object, number_format: str | None) -> str:
    """The words that a spreadsheet shows for a cell's value; fractions and powers as plain numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime, date, time, timedelta)):
        return _moment(value, number_format or "")
    if isinstance(value, (int, float)):
        return _number(value, number_format or "General")
    return str(value)


def is_date_format(number_format: str) -> bool:
    """Whether a number with this format is a date or time."""
    return bool(_DATE.search(_NOT_DATE.sub("", number_format.split(";")[0]).replace("General", "")))


def general(value: int | float) -> str:
    """A number without a format: whole ones whole, others with at most eleven digits, as in a cell."""
    if isinstance(value, int) or (value == int(value) if abs(value) < 1e15 else False):
        return str(int(value))
    return f"{value:.11G}"


def _number(value: int | float, number_format: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    sections = _sections(number_format)
    chosen = sections[0]
    if value < 0 and len(sections) > 1:
        chosen, value = sections[1], abs(value)
    elif value == 0 and len(sections) > 2:
        chosen = sections[2]
    if not chosen:
        return ""
    section = _section(chosen)
    if section is None or chosen.strip().lower() in ("general", "@"):
        return general(value)
    if section.plain:
        return section.before
    try:
        return _digits(Decimal(repr(value)), section)
    except (InvalidOperation, OverflowError):
        return general(value)


def _digits(value: Decimal, section: _Number) -> str:
    scaled = value.scaleb(section.scale).quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP)
    whole, _, rest = f"{abs(scaled):f}".partition(".")
    while len(rest) > section.kept and rest.endswith("0"):
        rest = rest[:-1]
    whole = whole.rjust(section.digits, "0") if section.digits else whole.lstrip("0")
    if section.grouped:
        whole = f"{int(whole or 0):,}" if len(whole) > 3 and not whole.startswith("0") else whole
    sign = "-" if scaled < 0 else ""
    return f"{sign}{section.before}{whole}{'.' if rest else ''}{rest}{section.after}"


@lru_cache(maxsize=500)
def _sections(number_format: str) -> tuple[str, ...]:
    """The parts for positive, negative and zero numbers; a semicolon in quotes divides nothing."""
    parts, quoted = [""], False
    for character in number_format[:300]:
        quoted ^= character == '"'
        if character == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return tuple(parts)


@lru_cache(maxsize=500)
def _section(section: str) -> _Number | None:
    """None for a form that is shown as a plain number: General, powers, fractions, text."""
    before = after = pattern = ""
    percent = 0
    for token in _TOKEN.finditer(section):
        kind, said = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind == "number":
            pattern += said
            continue
        if kind in ("power", "date", "ampm", "span") or (kind == "other" and said in "/@"):
            return None
        percent += kind == "other" and said == "%"
        if pattern:
            after += said
        else:
            before += said
    if not pattern:
        return _Number(before, "", 0, 0, 0, False, 0, True)
    return _pattern(pattern, before, after, percent)


def _pattern(pattern: str, before: str, after: str, percent: int) -> _Number:
    whole, _, decimals = pattern.partition(".")
    thousands = len(whole) - len(whole.rstrip(",")) + len(decimals) - len(decimals.rstrip(","))
    decimals = decimals.replace(",", "")[:_MOST_DECIMALS]
    digits = whole.replace(",", "")
    kept = decimals.rfind("0") + 1
    scale = 2 * percent - 3 * thousands
    grouped = "," in whole.rstrip(",")
    return _Number(before, after, len(decimals), kept, digits.count("0"), grouped, scale, False)


def _moment(value: datetime | date | time | timedelta, number_format: str) -> str:
    section = _sections(number_format)[0]
    if section.lower() in _SYSTEM_DATES or not is_date_format(section):
        return _iso(value)
    tokens = list(_TOKEN.finditer(section))
    half = any(token.lastgroup == "ampm" for token in tokens)
    parts = []
    for at, token in enumerate(tokens):
        kind = token.lastgroup
        if kind in ("date", "span"):
            code = token[kind].lower()
            parts.append(_part(value, code, half, _is_minute(tokens, at), kind == "span"))
        elif kind == "ampm":
            hour = getattr(value, "hour", 0)
            chinese = token[kind].startswith("上")
            parts.append(("上午", "下午")[hour >= 12] if chinese else ("AM", "PM")[hour >= 12])
        elif kind == "number":  # decimals of seconds
            continue
        else:
            parts.append(token[kind] if kind and token[kind] not in ("@",) else "")
    return "".join(parts).strip()


def _is_minute(tokens: list[re.Match[str]], at: int) -> bool:
    """Whether an `m` means minutes: behind hours or before seconds."""
    codes = [(n, (t["date"] or t["span"] or "")[:1].lower()) for n, t in enumerate(tokens)]
    before = [code for n, code in codes if n < at and code]
    after = [code for n, code in codes if n > at and code]
    return bool((before and before[-1] == "h") or (after and after[0] == "s"))


def _part(value: datetime | date | time | timedelta, code: str, half: bool, minute: bool, span: bool) -> str:
    if isinstance(value, timedelta) or span:
        return _of_span(value, code)
    sign, wide = code[0], len(code)
    if sign == "h":
        hour = getattr(value, "hour", 0)
        return f"{(hour - 1) % 12 + 1 if half else hour:0{min(wide, 2)}d}"
    if sign == "s" or (sign == "m" and minute):
        return f"{getattr(value, 'second' if sign == 's' else 'minute', 0):0{min(wide, 2)}d}"
    if not isinstance(value, date):
        return ""
    if sign == "y":
        return f"{value.year:04d}" if wide > 2 else f"{value.year % 100:02d}"
    if sign == "m":
        name = _MONTHS[value.month - 1]
        return (
            f"{value.month:0{wide}d}"
            if wide < 3
            else name[:3]
            if wide == 3
            else name[:1]
            if wide == 5
            else name
        )
    name = _DAYS[value.weekday()]
    return f"{value.day:0{wide}d}" if wide < 3 else name[:3] if wide == 3 else name


def _of_span(value: datetime | date | time | timedelta, code: str) -> str:
    """Hours, minutes or seconds of a length of time, which may be more than a day."""
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
    else:
        seconds = sum(
            getattr(value, name, 0) * by for name, by in (("hour", 3600), ("minute", 60), ("second", 1))
        )
    number = {"h": seconds // 3600, "m": seconds // 60 % 60, "s": seconds % 60}.get(code[0], 0)
    return f"{number:0{min(len(code), 2)}d}"


def _iso(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    return str(value.replace(microsecond=0)) if isinstance(value, (datetime, time)) else str(value)
