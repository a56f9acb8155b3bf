"""Document numbers: every bracket and width, taken apart into organ code, year and serial."""

from __future__ import annotations

import re
import unicodedata

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.chinese_integer import chinese_integer
from classify.components.cited_number import without_brackets
from classify.components.english_number import english_normal, english_own
from classify.components.mined import anchors_of, keep
from classify.components.number_places import OPEN, FoundNumber, find_numbers, in_front, numbers_of
from classify.components.state import Component, findings
from warehouse.records import ParsedNumber

__all__ = [
    "FoundNumber",
    "NumberFacts",
    "NumberReader",
    "chinese_integer",
    "find_numbers",
    "own_number",
    "parse_number",
]

RULE = "number-2"
_OPEN = re.compile(f"[{re.escape(OPEN)}]")
_SERIAL = re.compile(
    r"(?:([12][90]\d\d)\s{0,2}年\s{0,2})?第\s{0,2}([\d一二三四五六七八九十百〇零]{1,6})\s{0,2}号"
)
_TRAILING = re.compile(r"\s*(部?令|主席令|国务院令|公告|通告)")
_ENGLISH = re.compile(
    r"\b([A-Z][A-Z&-]{0,14}[A-Z])[ /:-]{1,3}((?:19|20)\d\d)[/ :-]{1,3}(?:No\.? ?)?(\d{1,5})\b"
)
_ENGLISH_OF = re.compile(
    r"\b([A-Z][A-Za-z&-]{1,30}(?: [A-Z][A-Za-z&-]{1,30}){0,4}) (?:No\.?|Number) (\d{1,5}) of ((?:19|20)\d\d)"
)
_HEAD = 120  # in a text without line breaks the own number stands so close behind the printed title
_GOES_ON = re.compile(r"[）)]|[文及和与、，,]|的|规定|要求|精神|下发|印发")


def parse_number(printed: str) -> ParsedNumber | None:
    """The first document number of a short printed string, or None; brackets and widths do not matter."""
    plain = unicodedata.normalize("NFKC", printed[:200]).strip()
    found = next((one for one in find_numbers(plain) if "〔" in one.number.normal), None)
    if found is not None:
        return _with_organ(printed, plain[: found.end], found.number)
    without = without_brackets(plain)
    if without is not None:
        return ParsedNumber(printed, *without)
    serial = _SERIAL.search(plain)
    if serial is not None:
        return _serial_number(printed, plain, serial)
    return _english_number(printed, plain)


def _with_organ(printed: str, plain: str, number: ParsedNumber) -> ParsedNumber:
    """Metadata may print a long or spaced organ (财政部 税务总局公告〔2020〕3号)."""
    head = _OPEN.split(plain, maxsplit=1)[0]
    organ = re.sub(r"\s+", "", head)
    if not organ or len(organ) > 30 or re.search(r"[,、，;。《]", organ):
        organ = number.organ
    return ParsedNumber(
        printed, f"{organ}〔{number.year}〕{number.serial}号", organ, number.year, number.serial
    )


def _serial_number(printed: str, plain: str, found: re.Match[str]) -> ParsedNumber | None:
    organ = re.sub(r"\s+", "", plain[: found.start()])[-30:]
    year = int(found.group(1)) if found.group(1) else None
    trailing = _TRAILING.match(plain, found.end())
    if not organ and trailing is None and year is None:
        return None
    middle, serial = f"{year}年" if year else "", chinese_integer(found.group(2))
    organ, kind = in_front(organ, trailing.group(1) if trailing else "")
    written = re.sub(r"\s+", "", found.group(2)) if serial is None else serial
    return ParsedNumber(printed, f"{organ}{middle}第{written}号{kind}", organ, year, serial)


def _english_number(printed: str, plain: str) -> ParsedNumber | None:
    normal = english_normal(plain)
    if normal is not None:
        return ParsedNumber(printed, normal, "", None, None)
    found = _ENGLISH.search(plain)
    if found is not None:
        organ, year, serial = found.group(1), int(found.group(2)), int(found.group(3))
        return ParsedNumber(printed, f"{organ}〔{year}〕{serial}号", organ, year, serial)
    of_year = _ENGLISH_OF.search(plain)
    if of_year is not None:
        organ, serial, year = of_year.group(1), int(of_year.group(2)), int(of_year.group(3))
        return ParsedNumber(printed, of_year.group(), organ, year, serial)
    return None


def own_number(document_number: str | None, title: str, head: tuple[str, ...]) -> ParsedNumber | None:
    """The document's own number: from metadata, from its title, or a line directly under the title."""
    if document_number:
        return parse_number(document_number) or _of_title(title)
    inside = next(find_numbers(unicodedata.normalize("NFKC", title[:400])), None) if "号" in title else None
    if inside is not None and "《" not in title[: inside.start]:
        return inside.number
    for line in head[:4]:
        own = _of_line(line) if len(line) <= 60 else _behind_title(line, title)
        if own is not None:
            return own
    return _of_title(title)


def _of_title(title: str) -> ParsedNumber | None:
    """Executive Order 14901 of May 12, 2029: a number of English that is the title or opens it."""
    own = english_own(title)
    return parse_number(own) if own is not None else None


def _of_line(line: str) -> ParsedNumber | None:
    """The number that fills a short line."""
    plain = unicodedata.normalize("NFKC", line).strip(" 　()（）")
    if "号" not in plain or "," in plain:
        return None
    found = next(find_numbers(plain), None)
    return parse_number(plain) if found is not None and found.end >= len(plain) - 1 else None


def _behind_title(line: str, title: str) -> ParsedNumber | None:
    """In a text without line breaks: directly behind the printed title, or behind the word 文件 before it."""
    printed = line.find(title) if title and "号" in line[: _HEAD + len(title) + 40] else -1
    if not 0 <= printed <= _HEAD:
        return None
    after = printed + len(title)
    for found in find_numbers(line[: after + 40]):
        leads = (
            found.end <= printed and line[: found.start].endswith(("文件", "令", "公告"))
        ) or found.end == printed
        if (leads or found.start - after in (0, 1)) and not _GOES_ON.match(line, found.end):
            return found.number
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


@Language.factory("gov_number_facts")
class NumberFacts(Component):
    """Adds a fact `number` for each place where a document number stands, the own one or a cited one."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        if self.language == "en":
            return doc
        found = numbers_of(anchors_of(state))
        keep(doc, "number", RULE, [(one.start, one.end, one.number.normal) for one in found])
        return doc
