"""One line of a JSONL file as a document; the schema is written in docs/json.md."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from crawlers.extraction.compose import split_issuers
from crawlers.extraction.language import language_of, plain_code, stored
from crawlers.extraction.page import absolute
from crawlers.extraction.plain import one_line, paragraphs_of, title_line
from warehouse.content import is_mark_field
from warehouse.identity import digest, document_id
from warehouse.records import AttachmentLink, Capture, Document, Extraction, FieldOrigin, Problem

LINES = "import://"  # what the address of an archived line begins with
_STRINGS = (
    "url",
    "text",
    "department",
    "doc_number",
    "index_number",
    "doc_type",
    "jurisdiction",
    "lang",
    "unit",
    "topic_scheme",
    "validity",
    "source_repo",
    "reply",
)
_DATES = ("published", "written", "effective")
_LISTS = ("departments", "topics")
_MAX_NAME = 200
FARTHEST = timedelta(days=366)  # as warehouse/checks/published-in-the-far-future.sql has it
# An export of ours may hold handed-in files, whose address is our own.
_ADDRESS = re.compile(r"(?:https?://|urn:|handed-in://)\S", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z0-9]+)*$")


class WrongLine(ValueError):
    """A line that does not fit the schema; the message says which field and what it should be.

    `field` is its name, None when it is not about one; `remedy` says what to do with the line.
    """

    def __init__(
        self, message: str, field: str | None = None, remedy: str = "mend or remove that line"
    ) -> None:
        super().__init__(message)
        self.field = field
        self.remedy = remedy


def check_row(row: Any) -> Mapping[str, Any]:
    """The row itself when it fits the schema, else WrongLine; unknown keys are allowed."""
    if not isinstance(row, dict):
        raise WrongLine("it is not a JSON object")
    identity = row.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int | None):
        raise WrongLine('"id" must be a string, a number or null', "id")
    if not isinstance(row.get("title"), str) or not title_line(row["title"]):
        raise WrongLine('"title" is missing or empty', "title")
    for name in _STRINGS:
        if not isinstance(row.get(name), str | None):
            raise WrongLine(f'"{name}" must be a string or null', name)
    for name in _LISTS:
        if not _is_strings(row.get(name, [])) and row.get(name) is not None:
            raise WrongLine(f'"{name}" must be a list of strings', name)
    if not isinstance(row.get("topic"), str | None) and not _is_strings(row["topic"]):
        raise WrongLine('"topic" must be a string, a list of strings or null', "topic")
    if row.get("url") and not _ADDRESS.match(row["url"].strip()):
        raise WrongLine('"url" must begin with http://, https:// or urn:, or be null', "url")
    if row.get("lang") and not _LANGUAGE.match(row["lang"]):
        raise WrongLine('"lang" must be a language code such as zh, en or en-GB', "lang")
    for name in _DATES:
        _date(row, name)
    return row


def refuse_far_future(row: Mapping[str, Any], today: date) -> None:
    """WrongLine for a document published more than a year from now: no publication would take it."""
    published = _date(row, "published")
    if published is not None and published > today + FARTHEST:
        raise WrongLine(f'"published" is {published}, more than a year from today', "published")


def line_name(row: Mapping[str, Any]) -> str:
    """What a line's document is called for good: its id, else its address, else a name of its content."""
    own = one_line(str(row.get("id") if row.get("id") is not None else ""), _MAX_NAME)
    text = str(row.get("text") or "")
    return own or one_line(row.get("url"), _MAX_NAME) or "content-" + digest(str(row["title"]), text)


def read_import(capture: Capture, body: bytes) -> Extraction:
    """The document of an archived line; a line that no longer fits is unreadable, with the reason."""
    try:
        row = check_row(json.loads(body))
    except (WrongLine, ValueError, RecursionError) as error:
        return Extraction(
            "unreadable", "import", problems=(Problem("wrong-line", f"The line does not fit: {error}."),)
        )
    return Extraction("document", "import", (import_document(row, capture.source_id),))


def import_document(row: Mapping[str, Any], source_id: str) -> Document:
    """A checked row as a document; published values stay as the row prints them."""
    paragraphs = paragraphs_of("\n".join(filter(None, (row.get("text"), row.get("reply")))))
    issuer = one_line(row.get("department"))
    departments = tuple(name for raw in row.get("departments") or () if (name := one_line(raw)))
    topics = _topics(row)
    site_id = line_name(row)
    url = one_line(row.get("url"), 2000)
    unit = row.get("unit") or ("document" if paragraphs else "title")
    return Document(
        document_id=document_id(source_id, site_id, url or ""),
        source_id=source_id,
        url=url,
        site_id=site_id,
        title=title_line(row["title"]) or "",
        paragraphs=paragraphs,
        doc_number=one_line(row.get("doc_number")),
        index_number=one_line(row.get("index_number")),
        issuer=issuer,
        departments=departments or split_issuers(issuer),
        topics=topics,
        topic_scheme=one_line(row.get("topic_scheme")),
        published=_date(row, "published"),
        written=_date(row, "written"),
        effective=_date(row, "effective"),
        doc_type=one_line(row.get("doc_type")),
        validity=one_line(row.get("validity")),
        jurisdiction=one_line(row.get("jurisdiction")),
        language=_language(row, paragraphs),
        unit=unit,
        attachments=_attachments(row),
        origins=_origins(row, topics),
        path="import",
    )


def _language(row: Mapping[str, Any], paragraphs: tuple[str, ...]) -> str:
    """The language that the row states, also one we cannot tell; without it that of its text."""
    said = row.get("lang")
    if not said:
        return language_of(row["title"], paragraphs, None, "zh")
    code = plain_code(said)
    return stored(code) if code != "und" else str(said)[:2].lower()


def _topics(row: Mapping[str, Any]) -> tuple[str, ...]:
    topic = row.get("topic")
    named = [topic] if isinstance(topic, str) else list(topic or ())
    return tuple(dict.fromkeys(tidy for raw in named if (tidy := one_line(raw))))


def _attachments(row: Mapping[str, Any]) -> tuple[AttachmentLink, ...]:
    links = row.get("attachments")
    found: list[AttachmentLink] = []
    for link in links if isinstance(links, list) else ():
        url = absolute("", str(link.get("url") or "")) if isinstance(link, dict) else None
        if url:
            found.append(AttachmentLink(url, one_line(str(link.get("name") or "")) or url))
    return tuple(found)


def _origins(row: Mapping[str, Any], topics: tuple[str, ...]) -> tuple[FieldOrigin, ...]:
    named = {"title": "title", "issuer": "department", "doc_number": "doc_number", "published": "published",
             "written": "written", "effective": "effective", "index_number": "index_number"}  # fmt: skip
    values = [(field, one_line(row.get(key))) for field, key in named.items()]
    values += [("topic", topic) for topic in topics]
    values += [(key, one_line(str(row[key]))) for key in row if is_mark_field(key) and row[key]]
    return tuple(FieldOrigin(field, value, "import") for field, value in values if value)


def _is_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _date(row: Mapping[str, Any], name: str) -> date | None:
    raw = row.get(name)
    if raw is None or raw == "":
        return None
    try:
        return date.fromisoformat(raw[:10])
    except (TypeError, ValueError) as error:
        raise WrongLine(
            f'"{name}" is {json.dumps(raw, ensure_ascii=False)[:40]}, not a date YYYY-MM-DD or null', name
        ) from error
