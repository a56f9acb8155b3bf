"""What of a document counts: the text that makes a version, the key a title is matched on, a secrecy mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warehouse.identity import digest
from warehouse.places import member_lines
from warehouse.records import Document, Extraction, Problem
from warehouse.told import moving

_SPACE = re.compile(r"\s+")
_NO_WORD = re.compile(r"[\W_]+")
_EDITION = re.compile(r"[((]\s*(?:\d{4}\s*年?)?\s*(?:第.{1,3}次)?(?:修订|修正|修改)(?:版|本)?\s*[))]\s*$")
_REPUBLIC = "中华人民共和国"

_GRADE = "(?:绝密|机密|秘密)"
_TERM = r"(?:长期|\d{1,3}\s*年|\d{1,2}\s*个月|\d{4}年\d{1,2}月(?:\d{1,2}日)?)"
_MARK = re.compile(rf"^\s*{_GRADE}\s*(?:[★☆*]\s*{_TERM}?|{_TERM})?(?:\s*(?:特急|加急|急件))?\s*$")
_FIELD_MARK = re.compile(rf"^\s*(?:密\s*级|秘密等级|保密级别)\s*[::]\s*{_GRADE}")
_STARRED = re.compile(rf"^\s*{_GRADE}\s*(?:[★☆]\s*{_TERM}?|{_TERM})\s*$")
_FIELD_LABEL = re.compile(r"^\s*(?:密\s*级|秘密等级|保密级别)\s*[::]?\s*$")
_MARK_FIELDS = frozenset({"密级", "秘密等级", "保密级别", "secrecy", "classification"})
# Marks of the United Kingdom, the United States and the Union: whole lines in capitals at a text's head.
_FOREIGN = re.compile(
    r"(?:UK )?(?:TOP SECRET|SECRET|CONFIDENTIAL|OFFICIAL[- ]SENSITIVE)"
    r"(?: ?(?://?|[-–:]) ?[A-Z][A-Z0-9 ,/&'-]*)?"
    r"|(?:TR[ÈE]S SECRET|SECRET|CONFIDENTIEL|RESTREINT) UE(?:/EU [A-Z ]+)?"
    r"|EU (?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED)"
    r"|CONTROLLED UNCLASSIFIED INFORMATION|CUI(?://[A-Z/ -]+)?"
)
_LIFTED = re.compile(r"\bDECLASSIFIED\b|(?<!CONTROLLED )\bUNCLASSIFIED\b", re.IGNORECASE)
MARKING = "classified-marking"
_HEAD = 6  # paragraphs in which a header mark may stand
_LONGEST_MARK = 60


def paragraphs_text(document: Document) -> str:
    """The paragraphs, one a line; a line break inside one becomes a space so that numbers stay right."""
    return "\n".join(_SPACE.sub(" ", p) if "\n" in p or "\r" in p else p for p in document.paragraphs)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells versions apart, and copies by other publishers together."""

    content: (
        str  # hash of all that the site says: the text and the published fields; equal means the same version
    )
    text: str  # hash of the text alone


def fingerprint(document: Document) -> Fingerprint:
    """The document's hashes; white space and character width do not count."""
    text = digest(_plain("".join(document.paragraphs)))
    dates = (document.published, document.written, document.effective)
    content = digest(
        text,
        *(_plain(value or "") for value in _published_fields(document)),
        *(value.isoformat() if value else "" for value in dates),
        "|".join(_plain(name) for name in document.departments),
        "|".join(_plain(name) for name in document.topics),
        *map(_plain, moving(document.origins)),  # nothing, where a site tells nothing of the kind
    )
    return Fingerprint(content, text)


def title_key(title: str | None) -> str:
    """The title without punctuation, spaces, width and edition mark; empty for a title that says nothing."""
    if not title:
        return ""
    plain = _EDITION.sub("", unicodedata.normalize("NFKC", title).strip().strip("《》"))
    return _NO_WORD.sub("", plain).casefold().removeprefix(_REPUBLIC)


def secrecy_mark(document: Document) -> str | None:
    """The document's mark 秘密, 机密 or 绝密 and where it stands, or None; a title that merely speaks of
    secrecy is no mark.
    """
    for origin in document.origins:
        name = origin.field.rsplit(":", 1)[-1].strip()
        if is_mark_field(name) and re.match(rf"\s*{_GRADE}", origin.value):
            return f"{origin.value.strip()[:_LONGEST_MARK]}, field {origin.field}"
    if document.doc_type and _MARK.match(document.doc_type):
        return f"{document.doc_type.strip()}, document type"
    return text_mark(document.paragraphs) or _member_mark(document.paragraphs, document.places)


def is_mark_field(name: str) -> bool:
    """Whether a published field of that name tells how secret a document is."""
    return name.strip().lower() in _MARK_FIELDS


def text_mark(paragraphs: tuple[str, ...]) -> str | None:
    """The secrecy mark among the first paragraphs, as "机密★10年, paragraph N", or None.

    A mark of another country that the same lines lift (DECLASSIFIED) is none.
    """
    lifted = any(_LIFTED.search(one) for one in paragraphs[:_HEAD])
    for number, paragraph in enumerate(paragraphs[:_HEAD], start=1):
        if len(paragraph) > _LONGEST_MARK:
            continue
        plain = unicodedata.normalize("NFKC", paragraph)
        line = _SPACE.sub(" ", plain).strip()
        if _MARK.match(plain) or _FIELD_MARK.match(plain) or (not lifted and _FOREIGN.fullmatch(line)):
            return f"{line}, paragraph {number}"
    return None


def _member_mark(lines: Sequence[str], places: str) -> str | None:
    """The mark of a file inside an archive or message: at the head of its own text, or as its name."""
    for at in member_lines(places):
        name = re.sub(r"\.\w{1,5}$", "", lines[at].rsplit("/", 1)[-1]) if at < len(lines) else ""
        found = text_mark((name,)) or text_mark(tuple(lines[at + 1 : at + 1 + _HEAD]))
        if found:
            return f"{found.partition(',')[0]}, in the file {lines[at].strip()[:_LONGEST_MARK]}"
    return None


def page_mark(lines: Iterable[str]) -> str | None:
    """A mark anywhere on a page, such as above its text: a grade with star or term, or a 密级 field."""
    label = ""
    for line in lines:
        plain = unicodedata.normalize("NFKC", line).strip() if len(line) <= _LONGEST_MARK else ""
        if _STARRED.match(plain) or _FIELD_MARK.match(plain) or (label and _MARK.match(plain)):
            return _SPACE.sub(" ", re.sub(r"^[^:]*:\s*", "", plain))
        if plain:
            label = plain if _FIELD_LABEL.match(plain) else ""
    return None


def extraction_mark(extraction: Extraction) -> str | None:
    """The secrecy mark of whatever a capture turned out to be, or None."""
    attachment = extraction.attachment
    found = [secrecy_mark(document) for document in extraction.documents]
    if attachment is not None:
        found.append(text_mark(tuple(attachment.text.split("\n", _HEAD)[:_HEAD])))
        if member_lines(attachment.places):
            found.append(_member_mark(attachment.text.split("\n"), attachment.places))
    return next((mark for mark in found if mark), None)


def marking_problem(mark: str) -> Problem:
    """What is noted instead of a marked document; nothing of its text is kept in the warehouse."""
    return Problem(MARKING, f"The document carries a secrecy mark ({mark}) and was refused at intake.")


def _published_fields(document: Document) -> tuple[str | None, ...]:
    return (
        document.title,
        document.doc_number,
        document.index_number,
        document.issuer,
        document.doc_type,
        document.validity,
    )


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))
