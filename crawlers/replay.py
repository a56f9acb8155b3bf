"""`crawl --replay FOLDER`: recorded answers take the way of fetched ones, through Scrapy into the archive."""

from __future__ import annotations

import re
import time
from pathlib import Path

from crawlers.catalogue import Catalogue
from crawlers.recordings import Recording, read_recordings
from warehouse.errors import LockHeld, UserError
from warehouse.home import Home
from warehouse.records import Source

_LOCK_PATIENCE = 60.0  # seconds another writer of the warehouse may take


def replay_source_id(folder: Path) -> str:
    """The id of the source that holds the pages no catalogue row claims."""
    slug = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    return f"replay-{slug or 'folder'}"


def source_of(recording: Recording, catalogue: Catalogue, folder: Path) -> str:
    """The catalogue row with the longest address that holds the page, else the folder's own source."""
    matched = catalogue.match(recording.url) if recording.url else None
    return matched.id if matched else replay_source_id(folder)


def prepare_replay(home: Home, catalogue: Catalogue, folder: Path) -> tuple[str, ...]:
    """Check the manifest, make the touched sources known to the warehouse; gives their ids."""
    if not folder.is_dir():
        raise UserError(f"{folder}: no such folder; give one that holds a manifest.jsonl.")
    rows = list(read_recordings(folder))
    if not rows:
        raise UserError(f"{folder}: its manifest is empty; there is nothing to replay.")
    names = sorted({source_of(row, catalogue, folder) for row in rows})
    known = [catalogue.sources[name].to_record() for name in names if name in catalogue.sources]
    remember_sources(home, [*known, adhoc_source(folder)] if replay_source_id(folder) in names else known)
    return tuple(names)


def adhoc_source(folder: Path) -> Source:
    """A source for recorded pages that belong to no catalogue row."""
    name = folder.resolve().name
    return Source(
        source_id=replay_source_id(folder),
        name_zh=f"重放：{name}",
        name_en=f"Replay of {name}",
        jurisdiction="ZZ",
        region="未知",
        level="unknown",
        language="zh",
        platform="generic",
        home_url=f"http://replay.invalid/{replay_source_id(folder)}/",
        department_code=None,
        timezone="UTC",
        reuse="full",
        sample=False,
        enabled=False,
        disabled_reason="recorded pages only",
    )


def remember_sources(home: Home, sources: list[Source]) -> None:
    """Write source rows into the warehouse, waiting a while for another writer."""
    from warehouse.database import Warehouse
    from warehouse.ingest import ingest_sources

    deadline = time.monotonic() + _LOCK_PATIENCE
    while True:
        try:
            with Warehouse.open(home) as warehouse:
                ingest_sources(warehouse, sources)
            return
        except LockHeld:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
