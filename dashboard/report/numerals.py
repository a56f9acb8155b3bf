"""Numbers of sections and entries: 一、（一）1． in Chinese (GB/T 9704-2012, 7.3.3), 1 and 1.1 in English."""

from __future__ import annotations

from typing import Any

_DIGITS = "零一二三四五六七八九"


def han(number: int) -> str:
    """1 to 99 in Chinese numerals, further ones in figures: 七, 十, 十一, 二十, 四十五."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def numbered(sections: list[dict[str, Any]], language: str) -> None:
    """Give every section, entry and point of a report's JSON its `number`, counted anew in each section."""
    for place, section in enumerate(sections, 1):
        section["number"] = han(place) if language == "zh" else str(place)
        counts = {"entry": 0, "point": 0}
        for block in section["blocks"]:
            kind = block["kind"]
            if kind in counts:
                counts[kind] += 1
                block["number"] = _below(kind, place, counts[kind], language)


def _below(kind: str, section: int, number: int, language: str) -> str:
    if language == "en":
        return f"{section}.{number}"
    return han(number) if kind == "entry" else str(number)
