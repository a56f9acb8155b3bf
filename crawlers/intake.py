"""Documents that no crawl brought: lines of JSONL files, and single files handed to the librarian.

Both are captures like any other: archived first, then read, so that a better reader applies to them too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crawlers.extract import Progress
from crawlers.extraction.imported import (
    LINES,
    WrongLine,
    check_row,
    import_document,
    line_name,
    refuse_far_future,
)
from crawlers.extraction.version import EXTRACTOR_VERSION
from crawlers.handed_in import AddSummary, add_file
from crawlers.import_files import Line, count_lines, import_source, read_lines, source_name
from crawlers.line_results import LineResult, LineResults
from crawlers.protection import said_by
from crawlers.reading_pool import read_one
from crawlers.shelving import archive_bodies, store_reads, store_told
from warehouse.archive.writer import ArchiveWriter
from warehouse.clock import today
from warehouse.content import secrecy_mark
from warehouse.crawl_state.purged import tombstones
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.identity import sha256
from warehouse.ingest import IngestSummary, ingest_runs
from warehouse.records import Document, Extraction, ReadCapture, Source

__all__ = ["AddSummary", "ImportSummary", "LineResult", "add_file", "import_jsonl"]

_BATCH = 1000
_BATCH_BYTES = 32_000_000  # lines may be long: a batch ends with either
_MAX_WRONG_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import read and what it meant; `wrong` names each line that was left out."""

    lines: int = 0
    documents: int = 0  # lines archived by this import
    known: int = 0  # lines that were imported before, unchanged
    ingested: IngestSummary = field(default_factory=IngestSummary)
    wrong: tuple[str, ...] = ()
    wrong_lines: int = 0
    sources: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """3 when lines were left out, 4 when not one could be used, else 0."""
        if not self.wrong_lines:
            return 0
        return 3 if self.documents or self.known else 4


def import_jsonl(
    home: Home,
    files: Sequence[Path],
    progress: Progress | None = None,
    tell: Callable[[LineResult], None] | None = None,
) -> ImportSummary:
    """Archive and take in documents of JSONL files, plain or .gz, or of tables (CSV, Parquet) with the same
    columns; the same lines again change nothing.

    A line that does not fit is named by file and number and left out; everything else is kept. `tell` hears
    what became of each line, in batches, in the order of the files within a batch.
    """
    total = sum(count_lines(file) for file in files) if progress else 0
    intake = _Intake(home, progress, total, tell)
    with CrawlState.open(home) as state:
        state.repair(home.archive)
        intake.run(state, files)
        _finish(home, state)
    return intake.summary()


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A line that is archived next, with the document it holds."""

    source_id: str
    url: str
    body: bytes
    document: Document
    line: Line


class _Intake:
    """The counts and open files of one import."""

    def __init__(
        self,
        home: Home,
        progress: Progress | None,
        total: int,
        tell: Callable[[LineResult], None] | None = None,
    ) -> None:
        self._home = home
        self._today = today(home.clock, home.settings.place.timezone)
        self._progress = progress
        self._total = total
        self._told = LineResults(tell)
        self._lines = self._known = self._documents = self._wrong_lines = 0
        self._wrong: list[str] = []
        self._ingested = IngestSummary()
        self._sources: dict[str, Source] = {}
        self._purged = tombstones(home)

    def run(self, state: CrawlState, files: Sequence[Path]) -> None:
        """Take all files, batch by batch; the run is opened with the first new line."""
        run_id: str | None = None
        writer: ArchiveWriter | None = None
        self._told.begin(files)
        try:
            for batch in _batches(line for file in files for line in self._lines_of(file)):
                fresh = self._sift(state, batch)
                if fresh and (run_id is None or writer is None):
                    run_id = state.new_run("import", sorted(self._sources))
                    writer = ArchiveWriter(self._home.archive, run_id, self._home.clock)
                if fresh and run_id is not None and writer is not None:
                    self._take(state, run_id, writer, fresh)
                self._told.tell()
                if self._progress:
                    self._progress("import", self._lines, self._total)
            self._told.tell()  # of files without a line
        except BaseException:
            if run_id is not None:
                state.end_run(run_id, "interrupted")
            raise
        finally:
            if writer is not None:
                writer.close()
        if run_id is not None:
            state.end_run(run_id, "partial" if self._wrong_lines else "done")
            with Warehouse.open(self._home) as warehouse:
                ingest_runs(warehouse, [run for run in state.runs() if run.run_id == run_id], [])

    def summary(self) -> ImportSummary:
        """The counts so far."""
        return ImportSummary(
            self._lines,
            self._documents,
            self._known,
            self._ingested,
            tuple(self._wrong),
            self._wrong_lines,
            tuple(sorted(self._sources)),
        )

    def _lines_of(self, file: Path) -> Iterator[Line]:
        """The lines of a file; one without any is a transfer that failed, and is named."""
        empty = True
        for line in read_lines(file):
            empty = False
            yield line
        if empty:
            self._note(f"{file}: the file holds no line; write or fetch it again.")
            self._told.empty(file)

    def _sift(self, state: CrawlState, batch: Sequence[Line]) -> list[_Fresh]:
        """The lines that are right, unmarked, not purged and not held yet."""
        fresh: list[_Fresh] = []
        for line in batch:
            self._lines += 1
            try:
                row = check_row(line.parse())
                self._refuse_mixture(row)
                refuse_far_future(row, self._today)
                name = source_name(row, line.file)
                document = _unmarked(row, name)
                url = f"{LINES}{name}/{quote(line_name(row), safe='')}"
                self._refuse_purged(document, name, url)
            except WrongLine as error:
                self._refuse(line, error)
                continue
            if name not in self._sources:
                self._sources[name] = import_source(name, row)
            held = state.captures_of(name, url)
            if held and held[-1].sha256 == sha256(line.body):
                self._known += 1
                self._told.taken(line, "unchanged", document)
            else:
                fresh.append(_Fresh(name, url, line.body, document, line))
        return fresh

    def _refuse(self, line: Line, error: WrongLine) -> None:
        self._note(f"{line.file}: line {line.number}: {error}; {error.remedy}.")
        self._told.refused(line, error)

    def _refuse_purged(self, document: Document, source_id: str, url: str) -> None:
        """What was removed for good is refused before a byte of it is archived."""
        if document.document_id in self._purged.documents or self._purged.holds(source_id, url):
            raise WrongLine(
                f"the document {document.document_id} was purged here and is not taken in again",
                remedy="remove that line",
            )

    def _refuse_mixture(self, row: Mapping[str, Any]) -> None:
        """Sample documents never enter a real home, nor real ones the sample's: one hides in the other."""
        sample_home = bool(self._home.settings.clock.now)
        if row.get("sample") is True and not sample_home:
            raise WrongLine(
                "it is sample data (示例数据), and this is a real home", "sample", "use another --home"
            )
        if row.get("sample") is not True and sample_home:
            raise WrongLine(
                "it is not sample data, and this is the sample province's home",
                "sample",
                "use another --home",
            )

    def _note(self, sentence: str) -> None:
        self._wrong_lines += 1
        if len(self._wrong) < _MAX_WRONG_SHOWN:
            self._wrong.append(sentence)

    def _take(self, state: CrawlState, run_id: str, writer: ArchiveWriter, fresh: Sequence[_Fresh]) -> None:
        captures = archive_bodies(
            self._home,
            state,
            run_id,
            writer,
            ((one.source_id, one.url, "application/json", one.body) for one in fresh),
            "imported",
        )
        reads = [
            ReadCapture(capture, Extraction("document", "import", (one.document,)), EXTRACTOR_VERSION)
            for capture, one in zip(captures, fresh, strict=True)
        ]
        self._documents += len(reads)
        summary, outcomes = store_told(self._home, state, reads, self._sources.values())
        self._ingested += summary
        for one, outcome in zip(fresh, outcomes, strict=True):
            self._told.taken(one.line, outcome, one.document)


def _unmarked(row: Mapping[str, Any], source_id: str) -> Document:
    """The document of a checked row; WrongLine when it is none, or marked as secret."""
    document = import_document(row, source_id)
    if not (document.attachments or document.doc_number) and said_by((document.title, *document.paragraphs)):
        raise WrongLine(
            "its text is a protection page of the site (challenge), not a document",
            "text",
            "fetch the document itself, or remove that line",
        )
    mark = secrecy_mark(document)
    if mark:
        raise WrongLine(
            f"the document carries a secrecy mark ({mark}) and nothing of it was kept",
            remedy="hand it to the office that keeps classified papers and remove that line",
        )
    return document


def _finish(home: Home, state: CrawlState) -> None:
    """Read imported lines that an earlier, interrupted import archived but did not take in."""
    for batch in state.captures_to_extract(EXTRACTOR_VERSION):
        imported = [one for one in batch if one.kind == "imported" and one.url.startswith(LINES)]
        if imported:
            reads = [read_one(home.archive, None, capture) for capture in imported]
            sources = {read.capture.source_id: _source_of(read) for read in reads}
            store_reads(home, state, reads, sources.values())


def _source_of(read: ReadCapture) -> Source:
    documents = read.extraction.documents
    row: dict[str, Any] = (
        {"jurisdiction": documents[0].jurisdiction, "lang": documents[0].language} if documents else {}
    )
    return import_source(read.capture.source_id, row)


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    batch: list[Line] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line.body)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
