"""What a reader gathers from one page before it is composed into a document."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.records import AttachmentLink, Problem


@dataclass(frozen=True, slots=True)
class Value:
    """One printed value and where it stood; several readers' values for one field may disagree."""

    field: str  # title, doc_number, index_number, issuer, topic, published, written, effective, ...
    value: str
    origin: str  # table:发布日期, meta:PubDate, api:puborg, heading, body, list, url


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything one page says of one document, still as printed."""

    values: tuple[Value, ...]
    paragraphs: tuple[str, ...]
    path: str  # container:#UCAP-CONTENT, api:gkmlpt, general, trafilatura, ...
    attachments: tuple[AttachmentLink, ...] = ()
    site_id: str | None = None
    url: str | None = None  # the page people open, when another address was fetched
    language: str | None = None
    unit: str = "document"
    problems: tuple[Problem, ...] = ()
