"""One bibliographic record a published document: what RIS, BibTeX, CSL-JSON and Dublin Core are made of."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warehouse.exchange.revision import revision_of

# What XML 1.0 forbids, what breaks lines in formats that count lines, and marks that turn the writing round.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_URL_SAFE = "!#$%&'()*+,-./:;=?@[]_~"  # left alone in an address; braces, quotes and blanks are not
_FETCHED = frozenset({"fetched", "replayed"})
_REVISED = frozenset({"law", "regulation"})  # whose text says which revision it is
_OWN = ("import-", "handed-in")  # sources that are no site
_RIGHTS = {
    "full": "The source allows the whole text to be reused. 来源允许转载全文。",
    "excerpt": "The source allows excerpts only; read the whole text there. 来源只允许摘录，全文见原网址。",
    "link": "The source allows a link only; read the text there. 来源只允许链接，正文见原网址。",
}


@dataclass(frozen=True, slots=True)
class ReferenceKind:
    """What a kind of document is called in each format; see reference_kinds.toml."""

    name: str
    csl: str
    ris: str
    bibtex: str
    dc: str
    whole: frozenset[str] = frozenset()
    ends: tuple[str, ...] = ()
    numbers: re.Pattern[str] | None = None  # what the number of such a document looks like


@dataclass(frozen=True, slots=True)
class ReferenceRecord:
    """What a reference to one document says; texts are one line each and free of control characters."""

    document_id: str
    kind: ReferenceKind
    title: str
    language: str  # zh-CN | en | two letters
    authors: tuple[str, ...]  # issuing bodies, full names, lead first
    number: str | None  # document number as printed
    index_number: str | None
    issued: date | None  # made public; when that is not printed, signed
    signed: date | None
    in_force_from: date | None
    accessed: (
        date | None
    )  # the day our copy was fetched, in the source's zone; None for what was handed to us
    url: str | None  # percent-encoded: no blank, quotation mark, backslash or brace stands in it
    site: str | None  # the source's name
    doc_type: str | None
    jurisdiction: str | None
    region: str | None
    validity: str | None
    subjects: tuple[str, ...]  # paths of the classes given
    abstract: str | None  # the beginning of the text, where the source allows it
    rights: str | None
    related: tuple[str, ...]  # addresses of documents that it rests on, amends, repeals, forwards
    sample: bool
    people: tuple[str, ...] = ()  # persons who wrote it: "Family, Given", a Chinese name without comma
    edition: str | None = None  # which text of it: 2018年12月29日修正, V1.0, 2nd ed.
    version_date: date | None = None  # the day of that text
    place: str | None = None  # of publication, where a printed report names one
    publisher: str | None = None  # who printed it, where that is not the issuing body
    year: int | None = None  # when of the day of issue only the year is known
    identifier: str | None = None  # one that lasts: "DOI:10.1000/182", where the address does not hold it


def reference_record(row: Mapping[str, Any]) -> ReferenceRecord:
    """The record of a row of queries/export.reference_rows."""
    language = str(row["language"] or "und")
    url = one_line(row["url"])
    kind = kind_of(row["doc_type"], row["title"], row["doc_number"])
    revision = revision_of(row["title"], row.get("excerpt")) if kind.name in _REVISED else None
    return ReferenceRecord(
        document_id=row["document_id"],
        kind=kind,
        title=one_line(row["title"]) or row["document_id"],
        language="zh-CN" if language == "zh" else language,
        authors=_authors(row),
        number=one_line(row["doc_number"]),
        index_number=one_line(row["index_number"]),
        issued=row["published"] or row["written"],
        signed=row["written"],
        in_force_from=row["effective"],
        accessed=_accessed(row),
        url=quote(url, safe=_URL_SAFE) if url and not url.startswith("handed-in:") else None,
        site=_site(row, language),
        doc_type=one_line(row["doc_type"]),
        jurisdiction=one_line(row["jurisdiction"]),
        region=one_line(row["region"]),
        validity=row["validity"] if row["validity"] != "unknown" else None,
        subjects=_lines(row["subjects"]),
        abstract=one_line(row["abstract"]),
        rights=_RIGHTS.get(row["reuse"] or ""),
        related=tuple(quote(one, safe=_URL_SAFE) for one in _lines(row["related"])),
        sample=bool(row["sample"]),
        edition=revision.text if revision else None,
        version_date=revision.day if revision else None,
    )


def kind_of(doc_type: str | None, title: str | None = None, number: str | None = None) -> ReferenceKind:
    """The kind of reference for a kind of document as printed; without one the end of the title speaks.

    A number that only one kind bears (GB/T 3792—2021) goes before both.
    """
    said = _plain(doc_type or "")
    ending = said or _plain(title or "")
    for kind in _kinds():
        if number and kind.numbers and kind.numbers.match(number.strip()):
            return kind
    for kind in _kinds():
        if said in kind.whole or any(ending.endswith(end) for end in kind.ends):
            return kind
    return _kinds()[-1]


def kind_named(name: str) -> ReferenceKind:
    """The kind of that name in reference_kinds.toml; KeyError when there is none."""
    return {kind.name: kind for kind in _kinds()}[name]


def one_line(text: str | None) -> str | None:
    """The text on one line without characters that no format can hold; None when nothing is left."""
    return " ".join(_UNFIT.sub(" ", text or "").split()) or None


@cache
def _kinds() -> tuple[ReferenceKind, ...]:
    text = (resources.files("warehouse.exchange") / "reference_kinds.toml").read_text(encoding="utf-8")
    return tuple(_kind(entry) for entry in tomllib.loads(text)["kind"])


def _kind(entry: Mapping[str, Any]) -> ReferenceKind:
    return ReferenceKind(
        name=entry["name"],
        csl=entry["csl"],
        ris=entry["ris"],
        bibtex=entry["bibtex"],
        dc=entry["dc"],
        whole=frozenset(map(_plain, entry.get("is", ()))),
        ends=tuple(map(_plain, entry.get("ends", ()))),
        numbers=re.compile(entry["numbers"]) if "numbers" in entry else None,
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().replace("-", " ").replace("_", " ").strip()


def _authors(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Full names of the issuing bodies; where none is known, the issuer as printed."""
    return _lines(row["issuers"]) or _lines((row["issuer"],))


def _site(row: Mapping[str, Any], language: str) -> str | None:
    """The source's name; what was imported or handed in has none, our own word for it is no site's."""
    if str(row["source_id"]).startswith(_OWN):
        return None
    return one_line(row["source_name_zh"] if language == "zh" else row["source_name_en"])


def _lines(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for value in values if (line := one_line(value))))


def _accessed(row: Mapping[str, Any]) -> date | None:
    at: datetime | None = row["captured_at"]
    if at is None or row["origin"] not in _FETCHED:
        return None
    try:
        return at.astimezone(ZoneInfo(row["timezone"] or "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError):
        return at.date()
