"""The parts of a report, built once and complete; renderers add no sentence of their own."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.report.prose import Figure, Grid, Heading, Listed, Paper, Piece, Prose, Quote
from warehouse.errors import UserError

# Degrees of secrecy (Law on Guarding State Secrets, art. 14), also in traditional characters and English.
_SECRECY = ("秘密", "机密", "绝密", "機密", "絕密", "topsecret", "secret", "confidential")
_UNASSIGNED_HAN = range(0x20000, 0x3FFFE)  # planes of rare characters, newer than Python's table may know


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str
    reference: int | None = None  # the number of the source it rests on


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a list, such as a document told with all particulars elsewhere."""

    text: str
    reference: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document or duty: its heading and, below it, what is to be said of it, a sentence or two a line."""

    title: str
    lines: tuple[str, ...]
    reference: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A small table; `numbers` are the columns that hold figures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


Block = Paragraph | Point | Entry | Table | Prose | Quote | Heading | Listed | Grid | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; what stands before the first heading has none."""

    heading: str
    blocks: tuple[Block, ...]
    cited: tuple[Piece, ...] = ()  # marks of sources behind the heading


@dataclass(frozen=True, slots=True)
class Reference:
    """A document the report rests on, with what it takes to find it again and to check it."""

    number: int
    document_id: str
    title: str
    doc_number: str | None
    issuer: str | None
    published: date | None
    url: str | None
    archive_hash: str | None  # SHA-256 of the archived bytes, hexadecimal; None for what was only imported
    retrieved: datetime | None
    text: str  # all of it but the address, as it is printed
    note: str = ""  # behind the address: places cited, archived copy, terms of the source
    italics: tuple[tuple[int, int], ...] = ()  # of `text`, by its characters


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above the title: the bulletin's name, its issue, who compiles it, for whom it is."""

    series: str = ""
    issue: str = ""  # as printed, such as 第12期
    unit: str = ""
    mark: str = ""  # distribution mark such as 内部资料
    red_head: str = ""  # mark of an issuing organ, in red; only a setting puts it there

    def __post_init__(self) -> None:
        for name in ("series", "issue", "unit", "mark", "red_head"):
            refuse_secrecy(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class Report:
    """A whole paper in one language. Texts hold no control characters and mean nothing to any format."""

    language: str  # zh | en; that of our own words, documents stay in theirs
    title: str
    dateline: str  # the period told
    day: date
    masthead: Masthead
    sample: str  # the sentence that marks sample data, "" for real ones
    sample_mark: str  # its short form, on every page
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    provenance: tuple[str, ...]  # coverage, state of the data, publication, how figures were made
    reference_heading: str
    references: tuple[Reference, ...]
    publication_id: str
    subject: str
    paper: Paper | None = None  # None for a briefing


def refuse_secrecy(field: str, text: str) -> None:
    """UserError when `text` claims a degree of secrecy: reports are made of published documents only."""
    folded = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalpha()).casefold()
    found = next((degree for degree in _SECRECY if degree in folded), None)
    if found:
        raise UserError(
            f"[report] {field} '{plain(text)}' claims a degree of secrecy ({found}); govbrief handles"
            " published documents only. Take a distribution mark such as 内部资料, or none."
        )


def plain(text: str | None) -> str:
    """Text on one line without control, format, private or unpaired characters; spaces are single.

    What no format could carry becomes a space: XML has no place for U+0000, and U+202E would turn a line
    around. Rare characters stay, also those newer than Python's tables.
    """
    return " ".join(cleaned(text or "").split())


def cleaned(text: str) -> str:
    """As `plain`, but with the blanks at both ends and between the words as they are."""
    return "".join(sign if _is_text(sign) else " " for sign in text)


def _is_text(sign: str) -> bool:
    if sign.isprintable():
        return True
    code = ord(sign)
    if unicodedata.category(sign) == "Co":
        return True  # a private character is reported as one without a glyph, not dropped
    return code in _UNASSIGNED_HAN and code & 0xFFFF < 0xFFFE and unicodedata.category(sign) == "Cn"
