"""`add`: a file or page handed to the librarian becomes a capture and, if it can be read, a document."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from crawlers.catalogue import Catalogue
from crawlers.extraction.charset import decode
from crawlers.extraction.limits import MAX_FILE_BYTES
from crawlers.extraction.version import EXTRACTOR_VERSION
from crawlers.reading_pool import read_body
from crawlers.shelving import Outcome, archive_bodies, card_of, store_told
from crawlers.source import SourceFile
from warehouse.archive.writer import ArchiveWriter
from warehouse.content import extraction_mark, text_mark
from warehouse.crawl_state.purged import same_bytes, tombstones
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home
from warehouse.identity import sha256
from warehouse.records import ArchivePlace, Capture, Extraction, ReadCapture, Source

SOURCE_ID = "handed-in"


class NotTaken(NothingUsable):
    """What was handed in became no document; `code` says why in one word.

    secret, purged, no-document, resting, file-gone, or one of `crawlers.probing.errors.NotFetched`.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class AddSummary:
    """What became of a handed-in file or page."""

    document_id: str
    title: str
    capture_id: str
    source_id: str
    url: str
    new: bool  # False: the same bytes were handed in before
    problems: tuple[str, ...] = ()
    outcome: Outcome = "new"  # what became of the document: new, changed or unchanged


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in: its name for people, its bytes, and what it is said to be."""

    name: str  # file or address
    body: bytes
    media_type: str
    url: str | None  # where it came from, when that is known


def add_file(
    home: Home, file: Path, url: str | None, source_id: str | None, catalogue: Catalogue
) -> AddSummary:
    """Read a file as a document and archive it; NothingUsable (the capture is kept) when it gives no text.

    A file with a secrecy mark, or that was purged, is refused before anything of it is kept.
    """
    handed = HandedIn(str(file), _bytes(file), _media_type(file), url)
    return add(home, handed, file.name, source_id, catalogue)


def add_body(
    home: Home, name: str, body: bytes, url: str | None, source_id: str | None, catalogue: Catalogue,
    *, over_crawled: bool = True,
) -> AddSummary:  # fmt: skip
    """As `add_file`, of a file that somebody handed in on a page; `name` is its own name.

    Without `over_crawled` a file is refused that would become a version of what the site itself gave us.
    """
    handed = HandedIn(name, body, _media_type(Path(name)), url)
    return add(home, handed, name, source_id, catalogue, over_crawled=over_crawled)


def add(
    home: Home, handed: HandedIn, file_name: str, source_id: str | None, catalogue: Catalogue,
    *, over_crawled: bool = True,
) -> AddSummary:  # fmt: skip
    """As `add_file`, of bytes that are at hand; `file_name` names them where no address does."""
    source = source_of(handed.url, source_id, catalogue)
    name = source.id if source else SOURCE_ID
    address = handed.url or _address(home, name, handed, file_name)
    refuse_purged(home, name, address)
    extraction = _read(home, handed, source, name, address)
    _refuse_what_was_purged(home, handed, extraction)
    if not over_crawled:
        _refuse_over_crawled(home, handed, extraction)
    with CrawlState.open(home) as state:
        state.repair(home.archive)
        held = state.captures_of(name, address)
        known = bool(held) and held[-1].sha256 == sha256(handed.body)
        capture = held[-1] if known else _archive(home, state, name, address, handed)
        read = ReadCapture(capture, extraction, EXTRACTOR_VERSION)
        record = source.to_record() if source else librarian(home)
        _, outcomes = store_told(home, state, [read], [record], {source.id: source} if source else {})
    documents = extraction.documents
    problems = tuple(problem.detail for problem in read.extraction.problems)
    if not documents:
        reason = problems[0] if problems else f"it was read as {read.extraction.kind}, not as a document."
        raise NotTaken("no-document", f"{handed.name}: archived, but no document came of it: {reason}")
    return AddSummary(
        _stored(home, documents[0].document_id)[0],
        documents[0].title,
        capture.capture_id,
        name,
        address,
        not known,
        problems,
        outcomes[0],
    )


def _address(home: Home, source_id: str, handed: HandedIn, file_name: str) -> str:
    """What stands for the address of a file that has none; the same bytes under another name are one file."""
    folder = f"{SOURCE_ID}://{sha256(handed.body)[:16]}/"
    with CrawlState.open(home) as state:
        return state.first_address(source_id, folder) or f"{folder}{quote(file_name)}"


def _stored(home: Home, document_id: str) -> tuple[str, str | None]:
    """The id under which a document is held (the site's own number may lead to another), and its origin."""
    with Warehouse.open(home) as warehouse:
        row = warehouse.connection.execute(_HELD, [document_id]).fetchone()
    return (str(row[0]), str(row[1])) if row else (document_id, None)


_HELD = """
select document_id, origin from document
where document_id = coalesce((select document_id from document_alias where alias = $1), $1)
"""


def _refuse_over_crawled(home: Home, handed: HandedIn, extraction: Extraction) -> None:
    """NotTaken when a file would stand as a new version of what the site itself gave: nobody could tell."""
    for document in extraction.documents:
        held, origin = _stored(home, document.document_id)
        if origin is not None and origin not in ("handed-in", "imported"):
            raise NotTaken(
                "held",
                f"{handed.name}: {handed.url} is held from the site itself as {held}; hand the file in"
                " without the address, and it becomes a document of its own.",
            )


def refuse_purged(home: Home, source_id: str, url: str) -> None:
    """NothingUsable when the address was purged: it is neither fetched nor taken in again."""
    if tombstones(home).holds(source_id, url):
        raise NotTaken("purged", f"{url}: it was purged here, and is neither fetched nor taken in again.")


def _refuse_what_was_purged(home: Home, handed: HandedIn, extraction: Extraction) -> None:
    """The same document by another address, or the same file by another name."""
    purged = tombstones(home)
    held = next((one for one in extraction.documents if one.document_id in purged.documents), None)
    if held or purged.holds(SOURCE_ID, same_bytes(sha256(handed.body))):
        named = f"the document {held.document_id}" if held else "this file"
        raise NotTaken("purged", f"{handed.name}: {named} was purged here and is not taken in again.")


def _read(home: Home, handed: HandedIn, source: SourceFile | None, source_id: str, url: str) -> Extraction:
    """What the file holds, read before it is archived; NothingUsable when it is marked as secret."""
    nowhere = ArchivePlace("", 0, 0)
    at = home.clock.now()
    card = card_of(source_id, "", url, handed.media_type, handed.body, at, nowhere, "handed-in")
    extraction = read_body(source, card, handed.body).extraction
    mark = extraction_mark(extraction)
    if mark is None and not extraction.documents and extraction.attachment is None:
        mark = text_mark(tuple(decode(handed.body[:20_000]).splitlines()))  # what nobody reads is marked too
    if mark:
        raise NotTaken(
            "secret",
            f"{handed.name}: refused, it carries a secrecy mark ({mark}); nothing of it was kept here, hand"
            " it to the office that keeps classified papers.",
        )
    return extraction


def _archive(home: Home, state: CrawlState, source_id: str, url: str, handed: HandedIn) -> Capture:
    run_id = state.new_run("add", [source_id])
    try:
        with ArchiveWriter(home.archive, run_id, home.clock) as writer:
            body = (source_id, url, handed.media_type, handed.body)
            captures = archive_bodies(home, state, run_id, writer, [body], "handed-in")
    except BaseException:
        state.end_run(run_id, "failed")
        raise
    state.end_run(run_id, "done")
    return captures[0]


def _media_type(file: Path) -> str:
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def source_of(url: str | None, source_id: str | None, catalogue: Catalogue) -> SourceFile | None:
    """The source named, else the one with the longest matching address; None when none holds it."""
    if source_id is None:
        return catalogue.match(url) if url else None
    return catalogue.select([source_id])[0]


def librarian(home: Home) -> Source:
    """The source of files that came from no site of the catalogue."""
    place = home.settings.place
    return Source(
        source_id=SOURCE_ID,
        name_zh="馆员交存",
        name_en="Handed to the librarian",
        jurisdiction="unknown",
        region=place.region,
        level="unknown",
        language=place.language,
        platform="generic",
        home_url=f"{SOURCE_ID}://",
        department_code=None,
        timezone=place.timezone,
        reuse="full",
        sample=bool(home.settings.clock.now),
        enabled=False,
        disabled_reason="single files handed in; there is no site to crawl",
    )


def _bytes(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // 1_000_000
            raise UserError(f"{file}: {size // 1_000_000} MB is more than the {limit} MB that are read.")
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"{file}: the file cannot be read ({error.strerror}).") from error
