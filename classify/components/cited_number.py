"""Numbers by which a text names other papers: 云政办发〔2026〕14号, 省审计厅公告2025年第4号, standards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from classify.components.anchors import Anchors
from classify.components.number_places import find_numbers, numbers_of

_NOBODY = ("令", "部令", "公告", "通告", "通报", "决定", "布告")
_STANDARD = re.compile(
    r"(?P<code>(?:GB|DB|HJ|JT|JG|CJ|MZ|WS|NY|SL|AQ|GA|TD|YY|XF|LY|MH|QX|SN|RB|T)[A-Z0-9]{0,4}(?:/[A-Z]{1,6})?"
    r"\s?\d{1,6}(?:\.\d{1,3})?\s?[—–-]{1,2}\s?(?:19|20)\d\d)\s?$"
)
_WHOLE = re.compile(
    r"\s*(?:[一-鿿、 ]{0,40}?)(?:公告|通告|令|发布|公布)?\s?(?:[〔\[]?(?:19|20)\d\d\s?年?[〕\]]?\s?)?"
    r"第?\s?[\d一二三四五六七八九十百零〇]{1,6}\s?号(?:公告|令|通告|公布|发布)?\s*(?:[，,；;].*)?$"
)
_WITHOUT_BRACKETS = re.compile(
    r"(?P<organ>[一-鿿]{1,16}(?<![印转下颁核签分])[发函办字文规])\s?(?P<year>(?:19|20)\d\d)\s?(?:年\s?第?|第)\s?"
    r"0*(?P<serial>\d{1,5})\s?号"
)


def without_brackets(plain: str) -> tuple[str, str, int, int] | None:
    """Normal form, organ, year and serial of 国办发2024年5号, a number typed without its brackets."""
    found = _WITHOUT_BRACKETS.fullmatch(plain.strip())
    if found is None:
        return None
    organ, year, serial = found["organ"], int(found["year"]), int(found["serial"])
    return f"{organ}〔{year}〕{serial}号", organ, year, serial


def number_in(brackets: str) -> str | None:
    """The number that brackets behind a title hold; None when they hold something else."""
    plain = unicodedata.normalize("NFKC", brackets)
    first = next(find_numbers(plain), None)
    if first is not None:
        return first.number.normal
    standard = _STANDARD.fullmatch(plain.strip())
    if standard is not None:
        return standard["code"]
    without = without_brackets(re.split(r"[，,；;]", plain)[0])
    if without is not None:
        return without[0]
    if _WHOLE.fullmatch(plain) and re.search(r"令|公告|通告|年", plain):
        return re.sub(r"\s+", "", re.split(r"[，,；;]", plain)[0])
    return None


def standard_before(text: str, start: int) -> tuple[str, int] | None:
    """The number of a standard directly before its title, with its place."""
    low = max(0, start - 30)
    if not text[max(0, start - 3) : start].rstrip()[-1:].isdigit():
        return None
    found = _STANDARD.search(text[low:start])
    return (found["code"], low + found.start()) if found is not None else None


def bare_numbers(text: str, anchors: Anchors | None = None) -> Iterator[tuple[int, int, str]]:
    """(start, end, number) of every number in a text that tells whose it is."""
    for one in numbers_of(anchors) if anchors is not None else find_numbers(text):
        if one.number.organ and one.number.organ not in _NOBODY:
            yield one.start, one.end, one.number.normal
