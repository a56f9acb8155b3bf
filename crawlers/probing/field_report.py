"""Field by field what would be stored of a source: its first list and up to three documents, nothing kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from crawlers.extraction.list_sure import LOW
from crawlers.extraction.page import is_file_link
from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, PageRequest
from crawlers.platforms.detect import detect
from crawlers.probing.client import Answer
from crawlers.probing.errors import REFUSALS, NotFetched
from crawlers.probing.reading import Look, Pages, agrees, look_at, opened
from crawlers.source import SourceFile
from warehouse.errors import UserError
from warehouse.identity import sha256
from warehouse.records import ArchivePlace, AttachmentLink, Capture, Document, Entry, Problem

MOST_DOCUMENTS = 3
WANTED = (  # fields that a person looks for; `empty` names those that a document lacks
    "title", "published", "issuer", "doc_number", "index_number", "topic", "written", "effective",
    "doc_type", "validity", "jurisdiction",
)  # fmt: skip
_MUST = ("title", "published", "text")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One value that would be stored, where it came from, and what other places say."""

    field: str
    value: str
    origin: str  # meta:PubDate, table:索引号, selector:title, list, url ...
    others: tuple[tuple[str, str], ...] = ()  # value and origin


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document page as it would be stored."""

    url: str
    kind: str  # document | attachment | list | unreadable ...
    path: str  # which reader took it
    fields: tuple[FieldLine, ...] = ()
    empty: tuple[str, ...] = ()
    text_characters: int = 0
    beginning: str = ""  # of the text
    attachments: tuple[AttachmentLink, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the page is a document with title, date and text (or a file that holds the text)."""
        lacking = {"text"} if self.attachments else set()
        return self.kind == "document" and not (set(self.empty) & set(_MUST)) - lacking


@dataclass(frozen=True, slots=True)
class ListReport:
    """The first list: where it was read, and what it names."""

    url: str
    rows_from: str  # the address whose answer holds the rows; the list's own where its page does
    entries: tuple[Entry, ...]
    dated: int
    outside: int  # entries outside the source's scope, which a crawl would not fetch
    next: str | None
    total: int | None
    problems: tuple[Problem, ...]
    confidence: float = 1.0  # 0-1: how sure the reader is of these entries
    reason: str = ""  # why, as one sentence; empty for interfaces of a known shape
    unlinked: int = 0  # rows with a day but no address, which are never fetched


@dataclass(frozen=True, slots=True)
class FieldReport:
    """What a source would bring, and what its file should say otherwise."""

    source: str
    platform: str
    detected: str | None  # what the list's marks say
    basis: str  # sample | archive | site
    list: ListReport
    documents: tuple[DocumentReport, ...]
    advice: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 when list and documents are sound, 4 when there is no list, else 3."""
        if not self.list.entries:
            return 4
        return 0 if self.documents and all(one.sound for one in self.documents) else 3


def inspect(source: SourceFile, pages: Pages, basis: str) -> FieldReport:
    """Read the source's first list and some documents as a crawl and an extraction would.

    NotFetched when none of its start addresses can be had.
    """
    look, rows = _first_list(source, pages)
    page = rows.page
    outside = sum(1 for entry in page.entries if not source.covers(entry.url))
    listed = ListReport(
        look.answer.url,
        rows.answer.url,
        page.entries,
        rows.dated,
        outside,
        page.next[0].url if page.next else None,
        page.total,
        tuple(dict.fromkeys((*look.page.problems, *page.problems))),
        page.confidence,
        page.reason,
        len(page.unlinked),
    )
    documents = tuple(_documents(source, pages, page.entries))
    detected = detect(opened(look.answer), look.answer.final_url)
    report = FieldReport(source.id, source.platform, detected, basis, listed, documents, ())
    return FieldReport(
        source.id, source.platform, detected, basis, listed, documents, tuple(_advice(source, report))
    )


def first_requests(source: SourceFile) -> list[PageRequest]:
    """What a crawl of the source begins with."""
    if source.start:
        return [
            PageRequest(one.url, one.role, one.method, one.body.encode() or None, one.headers)
            for one in source.start
        ]
    if source.platform not in PLATFORMS:
        raise UserError(
            f"{source.id}: the platform '{source.platform}' is not known; write one of"
            f" {', '.join(PLATFORMS)}."
        )
    return list(PLATFORMS[source.platform].start(source.hints()))


def _first_list(source: SourceFile, pages: Pages) -> tuple[Look, Look]:
    """The first start address that can be had, and the answer that holds its rows."""
    failure: NotFetched | None = None
    for request in first_requests(source):
        try:
            look = look_at(pages.get(request), source.platform, source.hints())
        except NotFetched as error:
            if error.code in REFUSALS:
                raise
            failure = failure or error
            continue
        return look, _rows(source, pages, look)
    assert failure is not None
    raise failure


def _rows(source: SourceFile, pages: Pages, look: Look) -> Look:
    """Behind an index page the first of its lists that has rows."""
    if not look.page.leads_on:
        return look
    rows = look
    for request in look.page.next[:8]:
        try:
            rows = look_at(pages.get(request), source.platform, source.hints())
        except NotFetched as error:
            if error.code != "not-saved":
                raise
            continue
        if rows.page.entries:
            break
    return rows


def _documents(source: SourceFile, pages: Pages, entries: tuple[Entry, ...]) -> Iterator[DocumentReport]:
    """Up to three document pages, in the order of the list; saved pages only where pages are saved ones."""
    read = tried = 0
    for entry in entries:
        if read >= MOST_DOCUMENTS or tried >= 60:
            return
        if not source.covers(entry.url) or is_file_link(entry.url):
            continue
        try:
            answer = pages.get(PageRequest(entry.url, "detail"))
        except NotFetched as error:
            if error.code in REFUSALS:
                raise
            tried += 1
            if error.code != "not-saved":
                read += 1
                yield DocumentReport(
                    entry.url, "not-fetched", "", problems=(Problem(error.code, str(error)),)
                )
            continue
        read += 1
        yield _document(source, answer, entry)


def _document(source: SourceFile, answer: Answer, entry: Entry) -> DocumentReport:
    capture = Capture(
        "cap-check", source.id, "", answer.url, answer.final_url, datetime.fromtimestamp(0, UTC),
        answer.status, answer.media_type, sha256(answer.body), len(answer.body), ArchivePlace("", 0, 0),
        "fetched", "detail", entry,
    )  # fmt: skip
    extraction = read_capture(capture, answer.body, source)
    if not extraction.documents:
        return DocumentReport(entry.url, extraction.kind, extraction.path, problems=extraction.problems)
    document = extraction.documents[0]
    fields = tuple(_fields(document))
    told = {line.field for line in fields}
    text = "\n".join(document.paragraphs)
    empty = [field for field in WANTED if field not in told] + ([] if text else ["text"])
    return DocumentReport(
        entry.url, extraction.kind, document.path or extraction.path, fields, tuple(empty), len(text),
        text[:120], document.attachments, extraction.problems,
    )  # fmt: skip


def _fields(document: Document) -> Iterator[FieldLine]:
    """Every field that has a value, the chosen one first; the file's own values count as chosen."""
    for field in dict.fromkeys((*WANTED, *(one.field for one in document.origins))):
        said = [one for one in document.origins if one.field == field]
        chosen = next((one for one in said if one.chosen), None)
        if chosen is not None:
            others = tuple((one.value, one.origin) for one in said if one is not chosen)
            yield FieldLine(field, chosen.value, chosen.origin, others)
        elif field in WANTED and (value := getattr(document, field, None)):
            yield FieldLine(field, str(value), "source file" if field == "jurisdiction" else "text")


def _advice(source: SourceFile, report: FieldReport) -> Iterator[str]:
    """What to mend in the source's file, one sentence each."""
    listed = report.list
    if not agrees(report.detected, source.platform):
        yield f'The list looks like the platform {report.detected}: write platform = "{report.detected}".'
    if not listed.entries:
        yield "The list holds no entry: check [[start]], the platform, or name the rows with [list] item."
        return
    if listed.confidence < LOW:
        yield (
            f"The reader is not sure of this list ({listed.confidence:.2f}: {listed.reason.rstrip('.')}):"
            " look at its entries, and name its rows with [list] item."
        )
    if listed.dated * 2 < len(listed.entries) and source.platform != "sitemap":
        yield "Most entries have no date: name its place in a row with [list] item and date."
    if listed.outside:
        yield (
            f"{listed.outside} of {len(listed.entries)} entries lie outside the source's hosts and are not"
            " fetched: name their hosts in [scope] hosts if they belong to it."
        )
    if listed.next is None and listed.total and listed.total > len(listed.entries):
        yield "The list says that it holds more but no next page was found: see [list] next, or the platform."
    if not report.documents:
        yield "No document page could be read; see the problems above."
    for field, remedy in (
        ("text", "[fields] body"),
        ("title", "[fields] title"),
        ("published", "[fields] published"),
    ):
        lacking = sum(1 for one in report.documents if field in one.empty)
        if lacking and not (field == "text" and all(one.attachments for one in report.documents)):
            count = f"{lacking} of {len(report.documents)} documents"
            yield f"{count} have no {field}: name its place with {remedy}."
