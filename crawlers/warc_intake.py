"""`import FILE.warc.gz`: captures out of WARC files, our own or another tool's, put on our shelf.

Nothing is fetched and nothing is read as a document here; `extract` does that, with the date of the capture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawlers.catalogue import Catalogue
from crawlers.extract import Progress
from crawlers.handed_in import SOURCE_ID, librarian
from crawlers.import_files import import_source
from crawlers.warc_records import Arrival, Sifter, Skipped, WrongRecord, instant_of, stated_address
from crawlers.warc_visits import Unchanged, Wanted
from warehouse.archive.stream import Damage, StoredRecord, warc_records
from warehouse.archive.writer import ArchiveWriter
from warehouse.crawl_state.shelf import CaptureShelf
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.identity import sha256
from warehouse.ingest import ingest_sources
from warehouse.records import ArchivePlace, Capture, Source

_BATCH = 200
_BATCH_BYTES = 64_000_000
_HEAD_BYTES = 1_000_000  # what the head of an answer may add to its body
_MAX_WRONG_SHOWN = 100


@dataclass(frozen=True, slots=True)
class WarcSummary:
    """What an import of WARC files took in, and why it left out the rest."""

    records: int = 0
    captures: int = 0  # archived by this import
    known: int = 0  # held already: the same address, instant and bytes
    unchanged: int = 0  # visits that found what the capture before had shown
    skipped: Mapping[str, int] = field(default_factory=dict)  # by reason: request, metadata, http-404, ...
    unmatched: Mapping[str, int] = field(default_factory=dict)  # hosts that no source of the catalogue holds
    wrong: tuple[str, ...] = ()
    wrong_records: int = 0
    sources: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """3 when records were damaged or refused, 4 when not one could be used, else 0."""
        if not (self.captures or self.known or self.unchanged):
            return 4
        return 3 if self.wrong_records else 0


def import_warc(
    home: Home,
    files: Sequence[Path],
    catalogue: Catalogue,
    source_id: str | None = None,
    progress: Progress | None = None,
) -> WarcSummary:
    """Take the answers of WARC files into the archive as captures; the same file again changes nothing.

    Each belongs to the source whose address it has, or to `source_id`. A record that is damaged or refused is
    named by file and byte, and the rest is taken.
    """
    if source_id is not None:
        catalogue.select([source_id])
    intake = _WarcIntake(home, catalogue, source_id, progress)
    with CrawlState.open(home) as state, CaptureShelf.open(home) as shelf:
        state.repair(home.archive)
        intake.run(state, shelf, files)
    return intake.summary()


class _WarcIntake:
    """The counts and the open archive file of one import."""

    def __init__(
        self, home: Home, catalogue: Catalogue, source_id: str | None, progress: Progress | None
    ) -> None:
        self._home = home
        self._sifter = Sifter(home, catalogue, source_id)
        self._catalogue = catalogue
        self._progress = progress
        self._skipped: Counter[str] = Counter()
        self._unmatched: Counter[str] = Counter()
        self._records = self._captures = self._known = self._unchanged = self._wrong_records = 0
        self._wrong: list[str] = []
        self._sources: set[str] = set()
        self._waiting: dict[str, Arrival] = {}
        self._open: list[Unchanged] = []  # visits whose original was not met yet
        self._limit = home.settings.crawl.max_body_bytes + _HEAD_BYTES
        self._run_id = ""
        self._writer: ArchiveWriter | None = None

    def run(self, state: CrawlState, shelf: CaptureShelf, files: Sequence[Path]) -> None:
        """Take all files, batch by batch; the run is opened with the first new capture."""
        outcome = "interrupted"
        try:
            for file, record in self._all_records(files):
                self._one(state, shelf, file, record)
                waiting = sum(len(one.body) for one in self._waiting.values())
                if len(self._waiting) >= _BATCH or waiting >= _BATCH_BYTES:
                    self._store(state)
            self._store(state)
            if self._open:
                self._find_originals(state, shelf, files)
                self._store(state)
            outcome = "partial" if self._wrong_records else "done"
        finally:
            if self._writer is not None:
                self._writer.close()
            if self._run_id:
                state.end_run(self._run_id, outcome)

    def summary(self) -> WarcSummary:
        """The counts so far."""
        return WarcSummary(
            self._records,
            self._captures,
            self._known,
            self._unchanged,
            dict(self._skipped.most_common()),
            dict(self._unmatched.most_common()),
            tuple(self._wrong),
            self._wrong_records,
            tuple(sorted(self._sources)),
        )

    def _all_records(self, files: Sequence[Path]) -> Iterator[tuple[Path, StoredRecord | Damage]]:
        total = sum(file.stat().st_size for file in files)
        done = 0
        for file in files:
            for record in warc_records(file, self._limit):
                yield file, record
                if self._progress:
                    self._progress("import, bytes", done + record.offset, total)
            done += file.stat().st_size

    def _one(self, state: CrawlState, shelf: CaptureShelf, file: Path, record: StoredRecord | Damage) -> None:
        if isinstance(record, Damage):
            self._note(file, record.offset, record.reason)
            return
        self._records += 1
        try:
            found = self._sifter.sift(record)
        except WrongRecord as error:
            self._note(file, record.offset, str(error))
            return
        if isinstance(found, Skipped):
            counts = self._unmatched if found.host else self._skipped
            counts[found.host or found.reason] += 1
        elif isinstance(found, Unchanged):
            self._seen(state, shelf, found)
        elif found.capture_id in self._waiting or state.capture(found.capture_id) is not None:
            self._known += 1
        else:
            self._waiting[found.capture_id] = found

    def _seen(self, state: CrawlState, shelf: CaptureShelf, visit: Unchanged) -> None:
        """A visit that stored no content: its original is held, or is looked for when all else is taken."""
        self._store(state)
        source_id = self._sifter.source_at(visit.refers_to) or visit.source_id
        named = visit.original_at is not None or visit.digest is None
        held = _before(state, source_id, visit.refers_to, visit) if named else []
        meant = next((one for one in reversed(held) if visit.means(one.fetched_at)), None)
        if meant is None:
            self._open.append(visit)
        else:
            self._settle(state, shelf, self._sifter.back_again(visit, meant), visit)

    def _settle(self, state: CrawlState, shelf: CaptureShelf, again: Arrival, visit: Unchanged) -> None:
        """The page stayed as its last capture shows it, or has now what an earlier one or another shows."""
        self._store(state)
        held = _before(state, visit.source_id, visit.url, visit)
        if not held or held[-1].sha256 != sha256(again.body):
            if state.capture(again.capture_id) is None:
                self._waiting[again.capture_id] = again
            else:
                self._known += 1
        elif shelf.was_seen(visit.source_id, visit.url, visit.at):
            self._known += 1
        else:
            shelf.note_seen(visit.source_id, visit.url, visit.at, self._open_run(state))
            self._unchanged += 1

    def _find_originals(self, state: CrawlState, shelf: CaptureShelf, files: Sequence[Path]) -> None:
        """Give the open visits the content of records of these files, or of captures with their digest."""
        wanted = Wanted(self._open)
        found: list[tuple[Unchanged, Arrival]] = []
        for visit, record in self._originals(files, wanted):
            self._fill(found, visit, record)
            if sum(len(again.body) for _, again in found) >= _BATCH_BYTES:
                self._settle_all(state, shelf, found)
        for visit, capture in wanted.in_archive(self._home.archive, shelf):
            found.append((visit, self._sifter.back_again(visit, capture)))
        for visit in wanted.visits:
            held = [] if visit.original_at else _before(state, visit.source_id, visit.url, visit)
            if held:
                found.append((visit, self._sifter.back_again(visit, held[-1])))
            else:
                self._skipped["revisit-without-original"] += 1
        self._settle_all(state, shelf, found)

    def _originals(self, files: Sequence[Path], wanted: Wanted) -> Iterator[tuple[Unchanged, StoredRecord]]:
        for file in files:
            for record in warc_records(file, self._limit) if wanted.visits else ():
                if isinstance(record, StoredRecord):
                    at = instant_of(record.fields.get("warc-date", ""))
                    for visit in wanted.met_by(record, stated_address(record.fields, "warc-target-uri"), at):
                        yield visit, record

    def _fill(self, found: list[tuple[Unchanged, Arrival]], visit: Unchanged, record: StoredRecord) -> None:
        try:
            again = self._sifter.sift(visit.filled(record))
        except WrongRecord:
            again = Skipped("revisit-without-original")  # the original itself was named when it was met
        if isinstance(again, Arrival):
            found.append((visit, again))
        elif isinstance(again, Skipped):
            self._skipped[again.reason] += 1

    def _settle_all(
        self, state: CrawlState, shelf: CaptureShelf, found: list[tuple[Unchanged, Arrival]]
    ) -> None:
        for visit, again in sorted(found, key=lambda pair: pair[0].at):
            self._settle(state, shelf, again, visit)
        found.clear()

    def _note(self, file: Path, offset: int, reason: str) -> None:
        self._wrong_records += 1
        if len(self._wrong) < _MAX_WRONG_SHOWN:
            self._wrong.append(f"{file}: record at byte {offset}: {reason}; it was left out.")

    def _open_run(self, state: CrawlState) -> str:
        if not self._run_id:
            self._run_id = state.new_run("import", sorted(self._sources))
            self._writer = ArchiveWriter(self._home.archive, self._run_id, self._home.clock)
        return self._run_id

    def _store(self, state: CrawlState) -> None:
        """Archive what waits, sync, commit the capture rows, and make the sources known."""
        if not self._waiting:
            return
        arrivals = list(self._waiting.values())
        run_id = self._open_run(state)
        assert self._writer is not None
        captures: list[Capture] = []
        ends: dict[str, int] = {}
        for one in arrivals:
            place = self._write(self._writer, one)
            ends[place.file] = max(ends.get(place.file, 0), place.offset + place.length)
            captures.append(one.capture(run_id, place))
        self._writer.sync()
        self._know_sources({one.source_id for one in arrivals})
        state.add_captures(captures, ends)
        self._captures += len(captures)
        self._waiting.clear()

    def _write(self, writer: ArchiveWriter, one: Arrival) -> ArchivePlace:
        if one.headers is None:
            return writer.write_resource(one.url, one.media_type, one.body, one.at)
        return writer.write_response(one.url, one.status, one.headers, one.body, one.at, one.ip)

    def _know_sources(self, names: set[str]) -> None:
        fresh = sorted(names - self._sources)
        if fresh:
            with Warehouse.open(self._home) as warehouse:
                ingest_sources(warehouse, [self._source(name) for name in fresh])
            self._sources.update(fresh)

    def _source(self, name: str) -> Source:
        if name in self._catalogue.sources:
            return self._catalogue.sources[name].to_record()
        if name == SOURCE_ID:
            return librarian(self._home)
        return import_source(name, {"sample": bool(self._home.settings.clock.now)})


def _before(state: CrawlState, source_id: str, url: str, visit: Unchanged) -> list[Capture]:
    """The captures of an address from before a visit, oldest first."""
    held = [one for one in state.captures_of(source_id, url) if one.fetched_at < visit.at]
    return sorted(held, key=lambda one: one.fetched_at)


def hosts_told(unmatched: Mapping[str, int], most: int = 8) -> str:
    """The hosts that no source holds, for a person: the largest first, the rest counted."""
    named = ", ".join(f"{host} ({number:,})" for host, number in list(unmatched.items())[:most])
    more = len(unmatched) - most
    return named + (f" and {more} more hosts" if more > 0 else "")
