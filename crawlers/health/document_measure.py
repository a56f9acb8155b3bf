"""What one document page of a run was like, read by the reader that extraction uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag

from crawlers.extraction.charset import decode
from crawlers.extraction.plain import squeeze
from crawlers.health.text_sanity import garbled, whole
from crawlers.reading_pool import read_body
from crawlers.source import SourceFile
from warehouse.archive.reader import DamagedRecord, read_record
from warehouse.identity import digest
from warehouse.records import Capture, Document, Entry, Extraction

SAMPLE = 40  # pages of a run that are read
FIELDS = ("title", "text", "published", "number", "issuer", "files", "place", "agrees", "whole", "clear")
_GUESSED = frozenset({"general", "resiliparse", "trafilatura", ""})  # paths of the general readers
_LEAST_TEXT = 30  # characters
_FILES = 8  # of a page that are remembered
_TITLE = 12  # characters of the list's title that the page must hold


@dataclass(frozen=True, slots=True)
class DocumentMeasure:
    """One page. `filled` names what is well with it."""

    capture_id: str
    url: str
    filled: frozenset[str]
    length: int  # characters of text
    text: str  # digest of the text; of a card without one, of its attached files too
    path: str
    reading: Mapping[str, str]  # field -> value or digest, as a canary keeps it
    readable: bool = True
    judged: frozenset[str] = frozenset(FIELDS)  # what can be said of this page at all

    @property
    def sound(self) -> bool:
        """Whether the page, taken alone, is a document."""
        return self.readable and {"title", "text", "clear", "whole"} <= self.filled


def measure_pages(
    archive: Path, source: SourceFile | None, captures: Iterable[Capture]
) -> list[DocumentMeasure]:
    """Measure archived pages; one that cannot be read out of the archive is left to `verify`."""
    found = []
    for capture in captures:
        try:
            body = read_record(archive, capture.place).body
        except DamagedRecord:
            continue
        found.append(measure_page(source, capture, body))
    return found


def measure_page(source: SourceFile | None, capture: Capture, body: bytes) -> DocumentMeasure:
    """Measure the bytes of a document page."""
    extraction = read_body(source, capture, body).extraction
    document = extraction.documents[0] if extraction.documents else None
    judged = set(FIELDS) - (set() if capture.entry and capture.entry.title else {"agrees"})
    filled = {"whole"} if whole(body) else set()
    if document is None:
        filled |= {"clear"} if not garbled(decode(body)) else set()
        return DocumentMeasure(
            capture.capture_id,
            capture.url,
            frozenset(filled),
            0,
            digest(squeeze(decode(body))[:5000]),
            extraction.path,
            {"problem": ",".join(problem.code for problem in extraction.problems)},
            readable=False,
            judged=frozenset(judged),
        )
    text = "\n".join(document.paragraphs)
    filled |= _filled(document, extraction, text)
    if _agrees(capture.entry, document, body):
        filled.add("agrees")
    return DocumentMeasure(
        capture.capture_id,
        capture.url,
        frozenset(filled),
        len(text),
        _content(document, text),
        document.path or extraction.path,
        reading_of(document, extraction, text, frozenset(filled)),
        judged=frozenset(judged),
    )


def reading_of(
    document: Document, extraction: Extraction, text: str, filled: frozenset[str]
) -> dict[str, str]:
    """What a canary is expected to say: values, digests, and how they were found."""
    origins = {one.field: one.origin for one in document.origins if one.chosen}
    return {
        "title": document.title,
        "number": document.doc_number or "",
        "published": document.published.isoformat() if document.published else "",
        "issuer": document.issuer or "",
        "text": digest(squeeze(text)),
        "length": str(len(text)),
        "files": digest(*sorted(file.url for file in document.attachments)),
        "file_count": str(len(document.attachments)),
        "file_urls": " ".join(urldefrag(file.url).url for file in document.attachments[:_FILES]),
        "path": document.path or extraction.path,
        "dated_by": origins.get("published", ""),
        "titled_by": origins.get("title", ""),
        "filled": ",".join(sorted(filled)),
    }


def _content(document: Document, text: str) -> str:
    """What tells one page from another; the cards of a database say all they say in their files."""
    files = sorted(file.url for file in document.attachments) if len(text) < _LEAST_TEXT else []
    return digest(squeeze(text), *files)


def counts(pages: Sequence[DocumentMeasure]) -> dict[str, float]:
    """How many pages could be judged and are well, by field: the rows a contract is learned from."""
    tries: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for page in pages:
        tries.update(page.judged)
        hits.update(page.filled & page.judged)
    found: dict[str, float] = {"read": len(pages)}
    for name in FIELDS:
        found |= {f"tried_{name}": tries[name], f"filled_{name}": hits[name]}
    return found


def _filled(document: Document, extraction: Extraction, text: str) -> set[str]:
    path = document.path or extraction.path
    said = {
        "title": bool(document.title.strip()),
        "text": len(text) >= _LEAST_TEXT or bool(document.attachments),
        "published": document.published is not None,
        "number": bool(document.doc_number),
        "issuer": bool(document.issuer),
        "files": bool(document.attachments),
        "place": path not in _GUESSED,
        "clear": not garbled(document.title) and not garbled(text),
    }
    return {name for name, yes in said.items() if yes}


def _agrees(entry: Entry | None, document: Document, body: bytes) -> bool:
    """Whether the page bears the title that the list gave it, wherever on the page."""
    if entry is None or not entry.title:
        return False
    wanted = squeeze(entry.title.rstrip("….·"))[:_TITLE]
    return wanted in squeeze(document.title) or wanted in squeeze(decode(body))
