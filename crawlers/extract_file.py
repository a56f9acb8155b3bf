"""One saved page or file as the JSON of `extract --file`; nothing is stored."""

from __future__ import annotations

import mimetypes
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawlers.catalogue import Catalogue
from crawlers.extraction.limits import MAX_FILE_BYTES
from crawlers.extraction.page import file_name
from crawlers.extraction.read import read_capture
from crawlers.source import SourceFile
from warehouse.content import extraction_mark, marking_problem
from warehouse.errors import UserError
from warehouse.identity import document_id, sha256
from warehouse.records import ArchivePlace, Capture, Document, Entry, Extraction, FieldOrigin

NO_SOURCE = "unknown"


def extract_file(path: Path, url: str, source_id: str | None, catalogue: Catalogue) -> dict[str, Any]:
    """Read a saved page as if fetched from `url`, for the named source or the longest matching address."""
    source = _source(source_id, url, catalogue)
    body = _bytes(path)
    capture = Capture(
        capture_id="cap-file",
        source_id=source.id if source else NO_SOURCE,
        run_id="",
        url=url,
        final_url=url,
        fetched_at=datetime.fromtimestamp(0, UTC),
        status=200,
        media_type=mimetypes.guess_type(path.name)[0] or "",
        sha256=sha256(body),
        length=len(body),
        place=ArchivePlace("", 0, 0),
        kind="replayed",
        role="unknown",
    )
    extraction = read_capture(capture, body, source)
    mark = extraction_mark(extraction)
    if mark:
        extraction = Extraction("unreadable", extraction.path, problems=(marking_problem(mark),))
    return as_json(extraction, capture)


def as_json(extraction: Extraction, capture: Capture) -> dict[str, Any]:
    """An extraction in the shape that docs/json.md fixes for `extract --file`."""
    answer: dict[str, Any] = {"kind": extraction.kind}
    if extraction.kind == "document" and extraction.documents:
        answer |= document_json(extraction.documents[0])
    if extraction.kind == "attachment" and extraction.attachment:
        answer |= _attachment_json(extraction, capture)
    if extraction.kind in ("list", "feed"):
        answer["entries"] = [_entry_json(entry, capture.url) for entry in extraction.entries]
        answer["next"] = extraction.next_url
    answer["path"] = extraction.path
    answer["problems"] = [{"code": problem.code, "detail": problem.detail} for problem in extraction.problems]
    return answer


def document_json(document: Document) -> dict[str, Any]:
    """A document with the fields of the JSONL schema, then what only a reading knows."""
    topics = list(document.topics)
    return {
        "id": document.document_id,
        "source": document.source_id,
        "url": document.url,
        "title": document.title,
        "text": "\n".join(document.paragraphs) or None,
        "department": document.issuer,
        "departments": list(document.departments),
        "topic": topics[0] if len(topics) == 1 else topics or None,
        "topic_scheme": document.topic_scheme,
        "doc_number": document.doc_number,
        "index_number": document.index_number,
        "published": _day(document.published),
        "written": _day(document.written),
        "effective": _day(document.effective),
        "doc_type": document.doc_type,
        "validity": document.validity,
        "jurisdiction": document.jurisdiction,
        "lang": document.language,
        "unit": document.unit,
        "attachments": [{"url": link.url, "name": link.name} for link in document.attachments],
        "origins": [
            {"field": one.field, "value": one.value, "origin": one.origin, "chosen": one.chosen}
            for one in document.origins
        ],
    }


def _attachment_json(extraction: Extraction, capture: Capture) -> dict[str, Any]:
    """An attached file with every field of a document, and what became of reading it."""
    text = extraction.attachment
    assert text is not None
    name = file_name(capture.url)
    as_document = Document(
        document_id=document_id(capture.source_id, None, capture.url),
        source_id=capture.source_id,
        url=capture.url,
        site_id=None,
        title=name,
        paragraphs=tuple(text.text.split("\n")),
        origins=(FieldOrigin("title", name, "url"),),
    )
    return {
        **document_json(as_document),
        "text": text.text or None,
        "lang": None,
        "status": text.status,
        "media_type": text.media_type,
        "pages": text.pages,
        "quality": text.quality,
        "method": text.method or None,
    }


def _entry_json(entry: Entry, list_url: str) -> dict[str, Any]:
    """An entry without a link of its own carries the list's address, which says nothing: null."""
    page = dict(entry.fields).get(
        "page", entry.url
    )  # where people read it, when machines fetch another address
    return {
        "url": page if page != list_url else None,
        "title": entry.title,
        "date": _day(entry.published),
        "doc_number": entry.doc_number,
    }


def _day(value: object) -> str | None:
    return str(value) if value is not None else None


def _source(source_id: str | None, url: str, catalogue: Catalogue) -> SourceFile | None:
    if source_id is None:
        return catalogue.match(url)
    return catalogue.select([source_id])[0]


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UserError(f"{path}: the file cannot be read ({error.strerror}); name a saved page.") from error
