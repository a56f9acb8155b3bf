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
    """Give every section, heading, entry and point of a report's JSON its `number`, anew in each section.

    What stands before the first heading has none.
    """
    place = 0
    for section in sections:
        place += 1 if section["heading"] else 0
        section["number"] = "" if not section["heading"] else han(place) if language == "zh" else str(place)
        counts = {"entry": 0, "point": 0}
        levels = [0, 0]
        for block in section["blocks"]:
            kind = block["kind"]
            if kind in counts:
                counts[kind] += 1
                block["number"] = _below(kind, place, counts[kind], language)
            elif kind == "heading":
                _count(levels, block["level"])
                block["number"] = _of_heading(place, levels, block["level"], language)


def _count(levels: list[int], level: int) -> None:
    levels[level - 2] += 1
    if level == 2:
        levels[1] = 0


def _of_heading(section: int, levels: list[int], level: int, language: str) -> str:
    """（二） and 3． in Chinese, 1.2 and 1.2.3 in English, as they are printed."""
    if language == "zh":
        return f"（{han(levels[0])}）" if level == 2 else f"{levels[1]}．"
    return ".".join(map(str, (section, *levels[: level - 1])))


def _below(kind: str, section: int, number: int, language: str) -> str:
    if language == "en":
        return f"{section}.{number}"
    return han(number) if kind == "entry" else str(number)
