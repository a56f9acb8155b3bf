"""Whether every capture card still matches its record: present, readable, same address, same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warehouse.archive.reader import DamagedRecord, read_record
from warehouse.archive.record import written_address
from warehouse.crawl_state.shelf import CaptureShelf
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
    """Read the record of every capture, whatever its standing, and compare it with the card kept then."""
    if not home.crawl_state_file.is_file():
        return ArchiveCheck(0, 0, ())
    checked, size, faults = 0, 0, []
    with CaptureShelf.look(home) as shelf:
        total = shelf.count()
        for batch in shelf.every():
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
        record = read_record(archive, capture.place)
    except DamagedRecord as error:
        return str(error)
    place = f"{capture.place.file} at byte {capture.place.offset}"
    if record.url not in {written_address(capture.url), written_address(capture.final_url)}:
        return f"the record in {place} is that of {record.url}"
    if sha256(record.body) != capture.sha256:
        return f"the bytes in {place} differ from those that were fetched"
    return ""
