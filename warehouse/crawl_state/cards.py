"""Between database rows and records: captures, entries, instants."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from warehouse.records import ArchivePlace, Capture, Entry
from warehouse.run_records import CrawlRun, SourceHealth


def epoch(instant: datetime) -> float:
    """Seconds since the epoch of an aware instant."""
    return instant.timestamp()


def instant(seconds: float) -> datetime:
    """The aware UTC instant of epoch seconds."""
    return datetime.fromtimestamp(seconds, UTC)


def moment(seconds: float | None) -> datetime | None:
    """The instant of a column that may be empty."""
    return None if seconds is None else instant(seconds)


def entry_text(entry: Entry | None) -> str | None:
    """A list entry as JSON text for a row."""
    if entry is None:
        return None
    values: dict[str, Any] = {"url": entry.url}
    if entry.title is not None:
        values["title"] = entry.title
    if entry.published is not None:
        values["published"] = entry.published.isoformat()
    if entry.doc_number is not None:
        values["doc_number"] = entry.doc_number
    if entry.site_id is not None:
        values["site_id"] = entry.site_id
    if entry.fields:
        values["fields"] = [list(pair) for pair in entry.fields]
    return json.dumps(values, ensure_ascii=False)


def read_entry(text: str | None) -> Entry | None:
    """The list entry of a row's JSON text."""
    if text is None:
        return None
    values = json.loads(text)
    published = values.get("published")
    return Entry(
        url=values["url"],
        title=values.get("title"),
        published=date.fromisoformat(published) if published else None,
        doc_number=values.get("doc_number"),
        site_id=values.get("site_id"),
        fields=tuple((pair[0], pair[1]) for pair in values.get("fields", ())),
    )


def capture_row(capture: Capture) -> dict[str, Any]:
    """A capture as a row of the capture table."""
    return {
        "capture_id": capture.capture_id,
        "source_id": capture.source_id,
        "run_id": capture.run_id,
        "url": capture.url,
        "final_url": capture.final_url,
        "fetched_at": epoch(capture.fetched_at),
        "status": capture.status,
        "media_type": capture.media_type,
        "sha256": capture.sha256,
        "length": capture.length,
        "warc_file": capture.place.file,
        "warc_offset": capture.place.offset,
        "warc_length": capture.place.length,
        "kind": capture.kind,
        "role": capture.role,
        "entry": entry_text(capture.entry),
        "parent_url": capture.parent_url,
    }


def read_capture_row(row: Any) -> Capture:
    """The capture of a row."""
    return Capture(
        capture_id=row["capture_id"],
        source_id=row["source_id"],
        run_id=row["run_id"],
        url=row["url"],
        final_url=row["final_url"],
        fetched_at=instant(row["fetched_at"]),
        status=row["status"],
        media_type=row["media_type"],
        sha256=row["sha256"],
        length=row["length"],
        place=ArchivePlace(row["warc_file"], row["warc_offset"], row["warc_length"]),
        kind=row["kind"],
        role=row["role"],
        entry=read_entry(row["entry"]),
        parent_url=row["parent_url"],
    )


def read_run_row(row: Any) -> CrawlRun:
    """The run of a row."""
    return CrawlRun(
        run_id=row["run_id"],
        kind=row["kind"],
        started_at=instant(row["started_at"]),
        ended_at=moment(row["ended_at"]),
        outcome=row["outcome"],
        sources=tuple(json.loads(row["sources"])),
    )


def read_health_row(row: Any) -> SourceHealth:
    """How one source fared, of a row."""
    return SourceHealth(
        run_id=row["run_id"],
        source_id=row["source_id"],
        verdict=row["verdict"],
        detail=row["detail"],
        requests=row["requests"],
        fetched=row["fetched"],
        not_modified=row["not_modified"],
        new_documents=row["new_documents"],
        changed=row["changed"],
        withdrawn=row["withdrawn"],
        failures=row["failures"],
        bytes=row["bytes"],
        at=instant(row["at"]),
    )
