"""Document numbers: every bracket and width, taken apart into organ code, year and serial."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.state import Component, findings
from warehouse.records import ParsedNumber

_OPEN, _CLOSE = r"[〔\[（(【［﹝﹙〈]", r"[〕\]）)】］﹞﹚〉]"
_YEARLY = re.compile(
    _OPEN + r"\s{0,3}([12１２][90９０]\d\d)\s{0,3}年?" + _CLOSE + r"\s{0,3}第?\s{0,3}(\d{1,5})\s{0,3}号"
)
_SERIAL = re.compile(
    r"(?:([12][90]\d\d)\s{0,2}年\s{0,2})?第\s{0,2}([\d一二三四五六七八九十百〇零]{1,6})\s{0,2}号"
)
_ENGLISH = re.compile(
    r"\b([A-Z][A-Z&-]{0,14}[A-Z])[ /:-]{1,3}((?:19|20)\d\d)[/ :-]{1,3}(?:No\.? ?)?(\d{1,5})\b"
)
_ENGLISH_OF = re.compile(
    r"\b([A-Z][A-Za-z&-]{1,30}(?: [A-Z][A-Za-z&-]{1,30}){0,4}) (?:No\.?|Number) (\d{1,5}) of ((?:19|20)\d\d)"
)
_ORGAN_STOP = re.compile(r"[^一-鿿A-Za-z·]")
_RUN_TOGETHER = re.compile(r".*(?:通知|意见|决定|规定|办法|批复|方案|规划|细则|纲要|根据|按照|依据|经)")
_DIGITS = {"零": 0, "〇": 0, **{digit: value for value, digit in enumerate("一二三四五六七八九", 1)}}
ORGAN_LIMIT = 20


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number with its place in the text."""

    number: ParsedNumber
    start: int
    end: int


def parse_number(printed: str) -> ParsedNumber | None:
    """The first document number of a short printed string, or None; brackets and widths do not matter."""
    plain = unicodedata.normalize("NFKC", printed[:200]).strip()
    found = next(find_numbers(plain), None)
    if found is not None:
        return _with_organ(printed, plain[: found.end], found.number)
    serial = _SERIAL.search(plain)
    if serial is not None:
        return _serial_number(printed, plain, serial)
    return _english_number(printed, plain)


def find_numbers(text: str) -> Iterator[FoundNumber]:
    """Numbers such as 国办发〔2021〕11号, found from their bracketed year and read backwards to the organ."""
    for found in _YEARLY.finditer(text):
        organ, start = organ_before(text, found.start())
        if organ:
            year, serial = int(found.group(1)), int(found.group(2))
            normal = f"{organ}〔{year}〕{serial}号"
            yield FoundNumber(
                ParsedNumber(text[start : found.end()], normal, organ, year, serial), start, found.end()
            )


def organ_before(text: str, end: int) -> tuple[str, int]:
    """The organ code that stands before a year bracket, without the words of a title run into it."""
    window = text[max(0, end - ORGAN_LIMIT) : end]
    trimmed = window.rstrip(" \u3000")
    stops = [found.end() for found in _ORGAN_STOP.finditer(trimmed)]
    organ = trimmed[stops[-1] if stops else 0 :]
    if len(organ) > 5:
        cut = _RUN_TOGETHER.match(organ)
        if cut is not None and cut.end() < len(organ):
            organ = organ[cut.end() :]
    return organ, max(0, end - ORGAN_LIMIT) + len(trimmed) - len(organ)


def _with_organ(printed: str, plain: str, number: ParsedNumber) -> ParsedNumber:
    """Metadata may print a long or spaced organ (财政部 税务总局公告〔2020〕3号)."""
    head = re.split(_OPEN, plain, maxsplit=1)[0]
    organ = re.sub(r"\s+", "", head)
    if not organ or len(organ) > 30 or re.search(r"[,、，;。《]", organ):
        organ = number.organ
    return ParsedNumber(
        printed, f"{organ}〔{number.year}〕{number.serial}号", organ, number.year, number.serial
    )


def _serial_number(printed: str, plain: str, found: re.Match[str]) -> ParsedNumber | None:
    organ = re.sub(r"\s+", "", plain[: found.start()])[-30:]
    year = int(found.group(1)) if found.group(1) else None
    trailing = re.match(r"\s*(令|公告|通告)", plain[found.end() :])
    if not organ and trailing is None and year is None:
        return None
    middle = f"{year}年" if year else ""
    normal = (
        f"{organ}{middle}第{re.sub(chr(32), '', found.group(2))}号{trailing.group(1) if trailing else ''}"
    )
    return ParsedNumber(printed, normal, organ, year, chinese_integer(found.group(2)))


def _english_number(printed: str, plain: str) -> ParsedNumber | None:
    found = _ENGLISH.search(plain)
    if found is not None:
        organ, year, serial = found.group(1), int(found.group(2)), int(found.group(3))
        return ParsedNumber(printed, f"{organ}〔{year}〕{serial}号", organ, year, serial)
    of_year = _ENGLISH_OF.search(plain)
    if of_year is not None:
        organ, serial, year = of_year.group(1), int(of_year.group(2)), int(of_year.group(3))
        return ParsedNumber(printed, of_year.group(), organ, year, serial)
    return None


def chinese_integer(written: str) -> int | None:
    """15, 十五 or 一百二十 as an integer; None when it is none."""
    digits = unicodedata.normalize("NFKC", written).strip()
    if digits.isdigit():
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


def own_number(document_number: str | None, title: str, head: tuple[str, ...]) -> ParsedNumber | None:
    """The document's own number: from metadata, from its title, or a line directly under the title."""
    if document_number:
        return parse_number(document_number)
    inside = next(find_numbers(unicodedata.normalize("NFKC", title[:400])), None)
    if inside is not None and "《" not in title[: inside.start]:
        return inside.number
    for line in head[:4]:
        plain = unicodedata.normalize("NFKC", line[:80]).strip(" 　()（）")
        if (
            len(line) <= 60
            and (found := _YEARLY.search(plain))
            and found.end() >= len(plain) - 1
            and "," not in plain
        ):
            return parse_number(plain)
    return None


@Language.factory("gov_number")
class NumberReader(Component):
    """Sets the own number of the document."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        document = state.document
        state.number = own_number(document.doc_number, document.title, document.paragraphs[:4])
        if state.number is None and document.doc_number:
            state.reasons.append(
                f"number: '{document.doc_number[:60]}' does not read as organ, year and serial"
            )
        return doc
