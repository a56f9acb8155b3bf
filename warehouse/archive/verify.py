"""Whether every capture card still matches its record: present, readable, same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warehouse.archive.reader import DamagedRecord, read_record
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.identity import sha256
from warehouse.records import Capture


@dataclass(frozen=True, slots=True)
class Fault:
    """One capture whose record is missing, damaged or different."""

    capture_id: str
    url: str
    file: str
    detail: str


@dataclass(frozen=True, slots=True)
class ArchiveCheck:
    """What `verify` found."""

    checked: int
    bytes: int
    faults: tuple[Fault, ...]


def verify_archive(home: Home, progress: Callable[[str, int, int], None] | None = None) -> ArchiveCheck:
    """Read every captured record and compare its SHA-256 with the card kept when it was fetched."""
    if not home.crawl_state_file.is_file():
        return ArchiveCheck(0, 0, ())
    checked, size, faults = 0, 0, []
    with CrawlState.open(home) as state:
        total = state.count_to_extract("", again=True)
        for batch in state.captures_to_extract("", again=True):
            for capture in batch:
                detail = _fault(home.archive, capture)
                checked, size = checked + 1, size + capture.length
                if detail:
                    faults.append(Fault(capture.capture_id, capture.url, capture.place.file, detail))
            if progress:
                progress("verify", checked, total)
    return ArchiveCheck(checked, size, tuple(faults))


def _fault(archive: Path, capture: Capture) -> str:
    try:
        body = read_record(archive, capture.place).body
    except DamagedRecord as error:
        return str(error)
    if sha256(body) != capture.sha256:
        return (
            f"the bytes in {capture.place.file} at {capture.place.offset} differ from those that were fetched"
        )
    return ""
