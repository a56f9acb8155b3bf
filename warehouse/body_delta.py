"""Writing the bodies that no segment holds yet, masked, into new segments of a publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from warehouse.bodies import BodyPlace, SegmentWriter, is_whole
from warehouse.database import Warehouse
from warehouse.folders import read_current
from warehouse.masking import Span, mask_spans, word_spans
from warehouse.personal.places import reading_places, spans_of
from warehouse.reading_texts import reading_texts
from warehouse.rows import sql, stage, stage_like

MANY_SEGMENTS = 24  # more than this and the small ones are written together again
SMALL_SEGMENT = 4_000_000
_BATCH = 2_000
_EXCERPT = 200


def find_merged(w: Warehouse) -> None:
    """Make the temporary table `merged_segment`: the small segments, once there are many.

    Their bodies are written together again; those no document shows any more go with them.
    """
    live = w.connection.execute(
        """
        select segment, sum(length)
        from pub.document
        where segment is not null and segment not in (select segment from past_body)
        group by segment
        """
    ).fetchall()
    small = [name for name, size in live if size < SMALL_SEGMENT] if len(live) > MANY_SEGMENTS else []
    stage(w.connection, "merged_segment", "segment varchar", ((name,) for name in small))


def write_bodies(w: Warehouse, publication_id: str, progress: Callable[[int, int], None]) -> int:
    """Write every selected body that has no place yet into a new segment (`selected` is filled,
    `keep_places` and `find_merged` have run); returns how many were written.
    """
    connection = w.connection
    connection.execute(sql("views", "chunk_body"))
    connection.execute(sql("views", "due_bodies"))
    row = connection.execute("select count(*) from due_body").fetchone()
    due = int(row[0]) if row else 0
    if not due:
        return 0
    with SegmentWriter(w.home.bodies, _new_name(w, publication_id)) as writer:
        rows = list(_masked_rows(w, writer, due, progress))
    with w.transaction():
        stage_like(connection, "new_place", "body_place", rows)
        key = "reading_id, mask_hash"
        connection.execute(f"delete from body_place where ({key}) in (select {key} from new_place)")
        connection.execute("insert into body_place select * from new_place")
    return due


def forget_lost(w: Warehouse, look: bool) -> None:
    """Forget the places in segments that are missing or cut, so that their bodies are written again.

    `look` reads every body, so that one wrong byte counts too: a million take about a minute.
    """
    current = read_current(w.home.published)
    folders = [w.home.bodies, *([w.home.published / current / "bodies"] if current else [])]
    for table in ("body_place", "past_body"):
        ends = w.connection.execute(
            f"select segment, max(start_at + length) from {table} group by segment"
        ).fetchall()
        lost = [name for name, end in ends if _is_lost(w, table, name, end, folders, look)]
        for name in lost:
            w.connection.execute(f"delete from {table} where segment = $1", [name])


def _is_lost(w: Warehouse, table: str, name: str, end: int, folders: list[Path], look: bool) -> bool:
    """Whether the segment, or its second name in the current publication (elsewhere a copy), is not whole."""
    own, *shown = (folder / name for folder in folders)
    if not _reaches(own, end) or not all(_reaches(one, end) for one in shown if one.is_file()):
        return True
    if not look:
        return False
    places = w.connection.execute(
        f"select start_at, length from {table} where segment = $1 order by start_at", [name]
    ).fetchall()
    copies = [one for one in shown if one.is_file() and not one.samefile(own)]
    return not all(is_whole(file, places) for file in (own, *copies))


def _reaches(file: Path, end: int) -> bool:
    return file.is_file() and file.stat().st_size >= end


def _new_name(w: Warehouse, publication_id: str) -> str:
    """A name that no segment has: one publication may write several, and an attempt may have failed."""
    number, name = 1, f"{publication_id}.seg"
    while (w.home.bodies / name).exists():
        number += 1
        name = f"{publication_id}-{number}.seg"
    return name


def _masked_rows(
    w: Warehouse, writer: SegmentWriter, due: int, progress: Callable[[int, int], None]
) -> Iterator[tuple[Any, ...]]:
    sought, personal = reading_places(w), _personal(w)
    for start in range(0, due, _BATCH):
        part = w.connection.execute(
            """
            select document_id, reading_id, mask_hash, state
            from due_body where place > $1 and place <= $1 + $2 order by place
            """,
            [start, _BATCH],
        ).fetchall()
        texts = reading_texts(w.connection, [row[1] for row in part])
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
        progress(start + len(part), due)


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


def sweep_segments(w: Warehouse) -> None:
    """Remove segments that no place names: a killed publishing's, or those that were merged away."""
    named = {
        row[0]
        for row in w.connection.execute(
            "select distinct segment from body_place union select distinct segment from past_body"
        ).fetchall()
    }
    if w.home.bodies.is_dir():
        for file in w.home.bodies.iterdir():
            if file.suffix == ".seg" and file.name not in named:
                file.unlink()
