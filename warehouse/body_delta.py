"""Writing the bodies that no segment holds yet, masked, as one new segment a publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from warehouse.bodies import BodyPlace, SegmentWriter
from warehouse.database import Warehouse
from warehouse.masking import Span, mask_spans, word_spans
from warehouse.personal.places import reading_places, spans_of
from warehouse.rows import sql, stage, stage_like

MANY_SEGMENTS = 24  # more than this and the small ones are written together again
SMALL_SEGMENT = 4_000_000
_BATCH = 500
_EXCERPT = 200


def write_bodies(w: Warehouse, publication_id: str, progress: Callable[[int, int], None]) -> int:
    """Write every selected body that has no place yet (`selected` is filled,
    `keep_places` has run); returns how many were
    written.
    """
    _sweep_segments(w)
    connection = w.connection
    connection.execute(sql("views", "body_key"))
    merged = _segments_to_merge(w)
    stage(connection, "merged_segment", "segment varchar", ((name,) for name in merged))
    due = connection.execute(
        """
        select key.document_id, key.reading_id, key.mask_hash, key.state
        from body_key key
        left join body_place place on place.reading_id = key.reading_id and place.mask_hash = key.mask_hash
        where place.segment is null or place.segment in (select segment from merged_segment)
        order by key.document_id
        """
    ).fetchall()
    if not due:
        return 0
    with SegmentWriter(w.home.bodies, f"{publication_id}.seg") as writer:
        rows = list(_masked_rows(w, writer, due, progress))
    _commit_places(w, rows)
    _sweep_segments(w)
    return len(due)


def _masked_rows(
    w: Warehouse, writer: SegmentWriter, due: list[Any], progress: Callable[[int, int], None]
) -> Iterator[tuple[Any, ...]]:
    sought = reading_places(w)
    for start in range(0, len(due), _BATCH):
        part = due[start : start + _BATCH]
        stage(w.connection, "due_body", "document_id varchar, reading_id varchar", (row[:2] for row in part))
        texts = dict(
            w.connection.execute(
                "select reading_id, text from reading_text semi join due_body using (reading_id)"
            ).fetchall()
        )
        personal = _personal(w)
        for document_id, reading_id, mask_hash, state in part:
            text = texts[reading_id]
            paragraphs = tuple(text.split("\n")) if text else ()
            known = personal.get(document_id, [])
            spans = [span for span, _ in known] if state == "exact" else []
            if state == "searched":
                spans = word_spans(paragraphs, (value for _, value in known))
                spans += spans_of(paragraphs, sought.get(reading_id, ()))
            masked, words = mask_spans(paragraphs, spans)
            yield _place_row(reading_id, mask_hash, writer.add(masked), masked, words)
        progress(start + len(part), len(due))


def _place_row(
    reading_id: str, mask_hash: str, place: BodyPlace, masked: tuple[str, ...], words: tuple[str, ...]
) -> tuple[Any, ...]:
    excerpt = " ".join(masked)[:_EXCERPT]
    characters = sum(map(len, masked))
    return (
        reading_id, mask_hash, place.segment, place.start, place.length, excerpt, characters, len(masked),
        list(words),
    )  # fmt: skip


def _personal(w: Warehouse) -> dict[str, list[tuple[Span, str]]]:
    found: dict[str, list[tuple[Span, str]]] = {}
    for document_id, paragraph, start, end, value in w.connection.execute(
        """
        select document_id, paragraph, start_at, end_at, value
        from fact semi join due_body using (document_id)
        where kind like 'personal:%'
        """
    ).fetchall():
        found.setdefault(document_id, []).append(((paragraph, start, end), value))
    return found


def _segments_to_merge(w: Warehouse) -> list[str]:
    """The small segments, once there are many; bodies no document shows any more go with them."""
    live = w.connection.execute(
        """
        select place.segment, sum(place.length)
        from body_place place
        semi join body_key key on key.reading_id = place.reading_id and key.mask_hash = place.mask_hash
        group by place.segment
        """
    ).fetchall()
    if len(live) <= MANY_SEGMENTS:
        return []
    return [name for name, size in live if size < SMALL_SEGMENT]


def _commit_places(w: Warehouse, rows: list[tuple[Any, ...]]) -> None:
    with w.transaction() as connection:
        stage_like(connection, "new_place", "body_place", rows)
        connection.execute("delete from body_place where segment in (select segment from merged_segment)")
        connection.execute("insert or replace into body_place select * from new_place")


def _sweep_segments(w: Warehouse) -> None:
    """Remove segments that no place names: a killed publishing's, or those that were merged away."""
    named = {
        row[0]
        for row in w.connection.execute(
            "select segment from body_place union select segment from past_body"
        ).fetchall()
    }
    if w.home.bodies.is_dir():
        for file in w.home.bodies.iterdir():
            if file.suffix == ".seg" and file.name not in named:
                file.unlink()
