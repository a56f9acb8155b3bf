"""From the archive to documents: every capture this extractor version has not read yet, batch by batch."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain

from crawlers.catalogue import Catalogue
from crawlers.corrected import with_corrections
from crawlers.extract_file import extract_file
from crawlers.extraction.version import EXTRACTOR_VERSION
from crawlers.health.holding import release_readable
from crawlers.reading_pool import ReadingPool
from warehouse.content import extraction_mark, marking_problem
from warehouse.corrected_texts import outdated_texts, plain_version
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.desk.texts import texts_of
from warehouse.home import Home
from warehouse.ingest import (
    IngestSummary,
    current_reading,
    ingest_notices,
    ingest_reads,
    ingest_runs,
    ingest_sources,
)
from warehouse.records import Capture, Correction, Problem, ReadCapture, Source

__all__ = ["ExtractSummary", "Progress", "extract_file", "extract_pending"]

Progress = Callable[[str, int, int], None]

_BATCH = 400
_OTHER_VERSIONS = "select 1 from reading where split_part(extractor_version, '+', 1) <> $1 limit 1"
_FAILURES = {"reader-failed", "reader-timeout", "reader-crashed", "damaged-record"}


@dataclass(frozen=True, slots=True)
class ExtractSummary:
    """What a run of extraction read and what it meant."""

    captures: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)  # document, list, feed, attachment, ...
    problems: Mapping[str, int] = field(default_factory=dict)  # problem code -> captures
    ingested: IngestSummary = field(default_factory=IngestSummary)
    withdrawn: int = 0  # documents whose standing changed by notices of the crawl

    @property
    def exit_code(self) -> int:
        """3 when our own reader failed on a capture, else 0: what a site sent is never our failure."""
        return 3 if _FAILURES & set(self.problems) else 0


def extract_pending(
    home: Home,
    catalogue: Catalogue,
    *,
    again: bool = False,
    run_id: str | None = None,
    progress: Progress | None = None,
) -> ExtractSummary:
    """Read every unread capture (again=True: all) into the warehouse; a repeated run changes nothing.

    What librarians corrected of recognised texts stands in their place; captures whose stored text does not
    agree with the desk, because a correction was made or taken back since, are read once more. Captures held
    back by a run below its contract wait, unless a new reader or source file reads them soundly now.
    A killed run is simply started again: a batch is marked only after the warehouse has committed it.
    """
    outcomes: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    ingested = IngestSummary()
    held = texts_of(home)
    with CrawlState.open(home) as state:
        state.name_dead()
        release_readable(home, state, catalogue)
        total = state.count_to_extract(EXTRACTOR_VERSION, again, run_id)
        with ReadingPool(home.archive, catalogue.sources, total) as pool:
            unread = state.captures_to_extract(EXTRACTOR_VERSION, again, run_id, _BATCH)
            for batch in chain(unread, _to_correct(home, state, held)):
                reads = pool.read(batch)
                ingested += _take(home, state, catalogue, pool, reads, held)
                outcomes.update(read.extraction.kind for read in reads)
                problems.update(problem.code for read in reads for problem in _problems(read))
                if progress:
                    done = sum(outcomes.values())
                    progress("extract", done, max(done, total))
        withdrawn = _take_notices_and_runs(home, state)
    return ExtractSummary(sum(outcomes.values()), dict(outcomes), dict(problems), ingested, withdrawn)


def _to_correct(home: Home, state: CrawlState, held: Mapping[str, Correction]) -> Iterator[list[Capture]]:
    """Captures whose stored text does not agree with the desk; asked for when all others have been read."""
    wanted = {payload: one.correction_id for payload, one in held.items()}
    with Warehouse.open(home) as warehouse:
        names = outdated_texts(warehouse, wanted)
    captures = [capture for name in names if (capture := state.capture(name)) is not None]
    for start in range(0, len(captures), _BATCH):
        yield captures[start : start + _BATCH]


def _take(
    home: Home,
    state: CrawlState,
    catalogue: Catalogue,
    pool: ReadingPool,
    reads: Sequence[ReadCapture],
    held: Mapping[str, Correction],
) -> IngestSummary:
    with Warehouse.open(home) as warehouse:
        ingest_sources(warehouse, _sources(catalogue, [read.capture for read in reads]))
        older = _outdated(warehouse, state, reads)
        if older:
            ingest_reads(warehouse, with_corrections(pool.read(older), held, catalogue.sources))
        summary = ingest_reads(warehouse, with_corrections(reads, held, catalogue.sources))
    state.mark_extracted([_mark(read) for read in reads])
    return summary


def _outdated(warehouse: Warehouse, state: CrawlState, reads: Sequence[ReadCapture]) -> list[Capture]:
    """Captures behind readings of another version, re-read first so that only the site's changes count."""
    mixed = warehouse.connection.execute(_OTHER_VERSIONS, [EXTRACTOR_VERSION]).fetchone()
    if mixed is None:
        return []
    mine = {read.capture.capture_id for read in reads}
    wanted: dict[str, None] = {}
    for read in reads:
        for document in read.extraction.documents:
            current = current_reading(warehouse, document.document_id)
            if current and plain_version(current[0]) != EXTRACTOR_VERSION and current[1] not in mine:
                wanted[current[1]] = None
    captures = (state.capture(capture_id) for capture_id in wanted)
    return [capture for capture in captures if capture is not None]


def _mark(read: ReadCapture) -> tuple[str, str, str, str]:
    problems = json.dumps([asdict(problem) for problem in _problems(read)], ensure_ascii=False)
    return read.capture.capture_id, EXTRACTOR_VERSION, read.extraction.kind, problems


def _problems(read: ReadCapture) -> tuple[Problem, ...]:
    """The reader's difficulties, and the secrecy mark for which ingestion refused the document."""
    mark = extraction_mark(read.extraction)
    return (*read.extraction.problems, *((marking_problem(mark),) if mark else ()))


def _sources(catalogue: Catalogue, captures: Iterable[Capture]) -> list[Source]:
    """Catalogue rows of the captures; imports, replays and hand-ins brought their own source along."""
    names = dict.fromkeys(capture.source_id for capture in captures)
    return [catalogue.sources[name].to_record() for name in names if name in catalogue.sources]


def _take_notices_and_runs(home: Home, state: CrawlState) -> int:
    """Withdrawals and returns the crawl noticed, and runs with their health, go into the warehouse."""
    notices = state.notice_table.to_take()
    runs = state.runs()
    if not notices and not runs:
        return 0
    with Warehouse.open(home) as warehouse:
        changed = ingest_notices(warehouse, [(n.source_id, n.url, n.kind, n.at, n.run_id) for n in notices])
        ingest_runs(warehouse, runs, [health for run in runs for health in state.health(run.run_id)])
    state.notice_table.mark_taken(notices)
    return changed
