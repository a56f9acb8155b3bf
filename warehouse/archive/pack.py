"""A WARC file of chosen captures that stands for itself: whole records with their dates, and what we know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.archive.card import card_fields
from warehouse.archive.reader import DamagedRecord, read_raw
from warehouse.archive.record import joined, member, new_record_id, warcinfo
from warehouse.files import in_place_of
from warehouse.records import Capture

_OURS = frozenset({"warc-warcinfo-id", "content-length", "content-type"})


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written, and each record that could not be, by one sentence."""

    captures: int
    bytes: int
    damaged: tuple[str, ...]


def write_pack(
    target: Path,
    archive: Path,
    captures: Iterable[Capture],
    sample: bool,
    said: Sequence[tuple[str, str]],
    at: datetime,
    progress: Callable[[int], None],
) -> Packed:
    """Write the captures to `target` in one step: under another name first, then in its place.

    A record that cannot be read is left out and named. EnvironmentProblem when the file cannot be written;
    what stood at `target` stays then.
    """
    with in_place_of(target) as part, part.open("wb") as out:
        info = new_record_id()
        out.write(member(warcinfo(info, target.name, at, said)))
        number, damaged = 0, []
        for capture in captures:
            try:
                out.write(member(_copied(archive, capture, sample, info)))
                number += 1
            except DamagedRecord as error:
                damaged.append(f"{capture.capture_id} ({capture.url}): {error}")
            progress(number + len(damaged))
        size = out.tell()
    return Packed(number, size, tuple(damaged))


def _copied(archive: Path, capture: Capture, sample: bool, info: str) -> bytes:
    """The archived record under its own name and date, with its card and the new file's head."""
    fields, block = read_raw(archive, capture.place)
    head = {name: value for name, value in fields.items() if not _replaced(name)}
    head["WARC-Warcinfo-ID"] = info
    head |= card_fields(capture, sample)
    head["Content-Type"] = fields.get("Content-Type", "application/octet-stream")
    head["Content-Length"] = str(len(block))
    return joined(head, block)


def _replaced(name: str) -> bool:
    return name.lower() in _OURS or name.lower().startswith("govbrief-")
