"""Document numbers as keys, so that one number is one key however its brackets, blanks and letters are typed.

A key is the letters and the digits of a number joined by bars: 国办发〔2021〕011号 and 国办发 2021 年第 11 号
are `国办发|2021|11`, H.R. 1234 is `hr|1234`, Exec. Order No. 14,110 is `eo|14110`, and S.I. 2021 No. 123 is
`si|2021|123`.
"""

from __future__ import annotations

import re

from warehouse.search import text
from warehouse.search.scripts import simplified

# What is written out in words, by what its numbers are usually called.
_ALIASES = {
    "executiveorder": "eo", "execorder": "eo", "presidentialexecutiveorder": "eo", "exeo": "eo",
    "statutoryinstrument": "si", "statutoryinstruments": "si", "uksi": "si",
    "housebill": "hr", "housebillhr": "hr", "houseofrepresentativesbill": "hr",
    "senatebill": "s", "senatebills": "s", "houseresolution": "hres", "senateresolution": "sres",
    "houseconcurrentresolution": "hconres", "senateconcurrentresolution": "sconres",
    "housejointresolution": "hjres", "senatejointresolution": "sjres",
    "publiclaw": "pl", "publ": "pl", "publaw": "pl", "introduction": "int", "intro": "int",
    "resolution": "res",
}  # fmt: skip
_PART = re.compile(r"\d+|[a-z\u00c0-\u024f]+|[\u3400-\u9fff]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_FILLERS = {
    "no", "nos", "number", "num", "nr", "of", "the", "congress", "th", "st", "nd", "rd",
    "年", "第", "号", "字第",
}  # fmt: skip
_CHINESE_NUMERAL = re.compile(r"第([〇零一二三四五六七八九十百千]{1,9})(?=号|次)")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_BILL = re.compile(r"^(hr|s|hres|sres|hconres|sconres|hjres|sjres)\|(\d+)\|(\d{2,3})$")
_IN_TITLE = re.compile(
    r"(?<![a-z])(?:executive\s+order|e\.?\s?o\.?)\s*(?:no\.?\s*)?\d{4,5}(?!\d)|"
    r"(?<![a-z])s\.?i\.?\s*\d{4}\s*(?:/|no\.?\s*)\s*\d{1,4}(?!\d)"
)
_RUN_TOGETHER = re.compile(r"(19[5-9]|20[0-4])\d\d{1,4}")
_LONGEST = 60


def number_key(written: str) -> str | None:
    """The key of a whole text that may be a document number; None when nothing in it can be one."""
    if len(written) > _LONGEST:
        return None
    folded = _THOUSANDS.sub("", arabic(simplified(text.fold(written))))
    letters, parts = "", list[str]()
    for part in _PART.findall(folded):
        plain = part if part in ("年", "号") else part.strip("第号").removesuffix("字第") or part
        if part in _FILLERS or plain in _FILLERS:
            continue
        if plain.isdigit():
            parts += [_ALIASES.get(letters, letters)] if letters else []
            parts.append(plain.lstrip("0") or "0")
            letters = ""
        else:
            letters += plain
    if not any(part.isdigit() for part in parts):
        return None
    if letters:
        parts = [letters, *parts] if letters > "\u3400" else [*parts, letters]  # 2021年第11号公告
    return "|".join(_split_year(parts))


def arabic(folded: str) -> str:
    """The text with the Chinese numeral between 第 and 号 in digits: 第四十五号 is 第45号."""
    return _CHINESE_NUMERAL.sub(lambda found: f"第{_value(found[1])}", folded)


def _split_year(parts: list[str]) -> list[str]:
    """国办发202111 as 国办发, 2021 and 11, and an order of the state known without its name."""
    organ = parts[0].removeprefix("中华人民共和国") or parts[0]
    if len(parts) == 2 and organ > "\u3400" and _RUN_TOGETHER.fullmatch(parts[1]):
        return [organ, parts[1][:4], parts[1][4:].lstrip("0") or "0"]
    return [organ, *parts[1:]]


def number_keys(*printed: str | None) -> list[str]:
    """The keys a document is found by, of its number in all forms and of the orders its title names.

    The last of `printed` is the title; a bill is found without its Congress too.
    """
    *numbers, title = printed
    keys = [number_key(number) for number in numbers if number]
    keys += [number_key(found.group()) for found in _IN_TITLE.finditer(text.fold(title or ""))]
    found = dict.fromkeys(key for key in keys if key)
    for key in list(found):
        bill = _BILL.match(key)
        if bill:
            found[f"{bill[1]}|{bill[2]}"] = None
    return list(found)


def _value(numeral: str) -> int:
    """The value of a Chinese numeral below ten thousand, of digits alone (二〇) as of units (二十)."""
    if not any(character in _UNITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total = digit = 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
