"""What search knows of one document, and the fields of the index made of it."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.search import text
from warehouse.search.numbers import number_keys
from warehouse.search.scripts import simplified

OPEN_END = date.max  # the last day of what is known to be in force and has no end set
CITED_STEPS = 5


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What search knows of one document; texts are masked already."""

    document_id: str
    title: str
    doc_number: str | None
    number_normal: str | None
    body: str  # paragraphs separated by newlines
    attachment_text: str
    department_code: str | None
    department_name: str | None
    level: str | None
    region: str | None
    jurisdiction: str | None
    doc_type: str | None
    language: str | None
    source_id: str
    published: date | None
    validity: str | None
    sample: bool
    other_departments: tuple[str, ...] = ()  # codes of those who issued it jointly
    topic_codes: tuple[str, ...] = ()  # every class it was given; a first-level one stands in the next field
    topic1_codes: tuple[str, ...] = ()  # the first-level classes of all of them
    has_attachment: bool = False
    attachment_names: tuple[str, ...] = ()
    in_force_from: date | None = None  # None: not known
    in_force_until: date | None = None  # the last day, OPEN_END: still in force; None: not known
    duplicate_group: str | None = None
    is_reprint: bool = False  # a copy of a document that the issuing organ holds itself
    is_own: bool = False  # stands on the issuing organ's own site
    cited: int = 0  # how often it is cited, in coarse steps: 0 never, 5 a hundred times and more
    url: str | None = None
    status: str | None = None
    departments: tuple[str, ...] = ()  # the names of all issuing bodies, lead first
    topic: str | None = None  # the path of the leading class
    topics: tuple[str, ...] = ()  # the paths of all its classes, lead first


def indexed_fields(document: IndexedDocument) -> dict[str, Any]:
    """The document as values of the index's fields; what is absent has none."""
    values: dict[str, Any] = {
        "id": document.document_id,
        "tc": text.characters((document.title,)),
        "t": text.words(document.title),
        "c": text.characters((document.body,)),
        "w": text.words(document.body),
        "ac": text.characters((document.attachment_text,)),
        "aw": text.words(document.attachment_text),
        "an": text.characters(document.attachment_names),
        "n": text.characters((document.doc_number or "", document.number_normal or "")),
        "number": number_keys(document.doc_number, document.number_normal, document.title),
        "title": title_keys(document.title),
        "group": document.duplicate_group,
        "copy": "yes" if document.is_reprint else None,
        "department": _departments(document),
        "topic": [code for code in document.topic_codes if code not in document.topic1_codes],
        "topic1": list(document.topic1_codes),
        "level": document.level,
        "region": document.region,
        "source": document.source_id,
        "doc_type": document.doc_type,
        "validity": document.validity,
        "language": document.language,
        "attachment": "yes" if document.has_attachment else "no",
        "year": str(document.published.year) if document.published else None,
        "day": _ordinal(document.published),
        "from_day": _ordinal(document.in_force_from),
        "until_day": _ordinal(document.in_force_until),
        "prior": prior(document),
        "card": _card(document),
    }
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def title_keys(title: str) -> list[str]:
    """A title as somebody may type it whole: without blanks and punctuation, in simplified characters.

    A law is also known without the country before it and without the year of its amendment behind it.
    """
    whole = plain_title(title)
    bare = plain_title(_BEHIND.sub("", title))
    short = bare.removeprefix("中华人民共和国")
    return [key for key in dict.fromkeys((whole, bare, short)) if key]


def plain_title(title: str) -> str:
    """Letters, digits and characters of a title alone, folded as the index folds."""
    return _NO_LETTER.sub("", simplified(text.fold(title)))


def prior(document: IndexedDocument) -> float:
    """What a score is multiplied by, as the index's weight: 1 for an undated, uncited reprint, at most 1.6.

    Often cited before seldom cited, the issuing organ's own copy before others, newer a little before older.
    """
    age = min(1.0, max(0.0, (document.published.year - 1990) / 40)) if document.published else 0.25
    own = 0.0 if document.is_reprint else 0.1 + (0.05 if document.is_own else 0.0)
    factor: float = 1 + 0.2 * age + 0.05 * min(document.cited, CITED_STEPS) + own
    return round(math.pow(2, factor) - 2, 4)  # tantivy multiplies by log2(2 + weight)


_BEHIND = re.compile(r"\s*[(（〔\[][^()（）]{0,20}(修订|修正|修改|19\d\d|20\d\d)[^()（）]{0,20}[)）〕\]]\s*$")
_NO_LETTER = re.compile(r"[\W_]+")


def _card(document: IndexedDocument) -> bytes:
    """What a list of hits shows, so that it need not be looked up."""
    published = document.published.isoformat() if document.published else None
    shown = {
        "title": document.title,
        "url": document.url,
        "source_id": document.source_id,
        "department": document.department_name,
        "departments": document.departments,
        "topic": document.topic,
        "topics": document.topics,
        "doc_number": document.doc_number,
        "published": published,
        "level": document.level,
        "sample": document.sample,
        "validity": document.validity,
        "status": document.status,
        "group": document.duplicate_group,
        "files": document.has_attachment,
    }
    known = {name: value for name, value in shown.items() if value}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _departments(document: IndexedDocument) -> list[str]:
    lead = document.department_code or document.department_name
    return list(dict.fromkeys(code for code in (lead, *document.other_departments) if code))


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None
