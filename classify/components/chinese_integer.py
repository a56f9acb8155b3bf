"""Numbers as Chinese texts write them: 15, 十五, 一百二十, 二〇."""

from __future__ import annotations

import unicodedata

_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "两": 2,
    **{digit: value for value, digit in enumerate("一二三四五六七八九", 1)},
}


def chinese_integer(written: str) -> int | None:
    """15, 十五 or 一百二十 as an integer; None when it is none."""
    if written.isascii() and written.isdigit():
        return int(written)
    digits = unicodedata.normalize("NFKC", written).strip()
    if digits.isdecimal():
        return int(digits)
    if not digits or any(sign not in _DIGITS and sign not in "十百" for sign in digits):
        return None
    if not any(sign in "十百" for sign in digits):
        return int("".join(str(_DIGITS[sign]) for sign in digits))
    total, current = 0, 0
    for sign in digits:
        if sign in _DIGITS:
            current = _DIGITS[sign]
        else:
            total += (current or 1) * (10 if sign == "十" else 100)
            current = 0
    return total + current
