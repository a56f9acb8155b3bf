"""Which documents are copies of one another, and which copy is the issuing organ's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

import duckdb

from warehouse.rows import stage

SHORTEST_TEXT = 100  # characters; shorter identical texts ("see the attachment") do not make copies


@dataclass(frozen=True, slots=True)
class Copy:
    """What telling copies apart looks at."""

    document_id: str
    number: str | None  # normalised, with organ, year and serial
    title_key: str
    text_hash: str
    characters: int
    by_issuer: bool  # the source speaks for the very body that issued the document
    published: date | None
    first_seen_at: datetime


def mark_reprints(connection: duckdb.DuckDBPyConnection) -> int:
    """Fill duplicate_group and reprint_of in `pub.document`; returns how many reprints there are."""
    rows = connection.execute(
        """
        select d.document_id,
            case when d.number_organ <> '' and d.number_serial is not null then d.number_normal end,
            reading.title_key, reading.text_hash, d.characters,
            coalesce(source.department_code = d.department_code, false), d.published, d.first_seen_at
        from pub.document d
        join reading on reading.reading_id = d.reading_id
        left join source on source.source_id = d.source_id
        where d.unit = 'document'
        order by d.document_id
        """
    ).fetchall()
    marks = [
        (one.document_id, original, None if one.document_id == original else original)
        for group in copies(Copy(*row) for row in rows)
        for original in [group[0].document_id]
        for one in group
    ]
    stage(connection, "copies", "document_id varchar, duplicate_group varchar, reprint_of varchar", marks)
    connection.execute(
        """
        update pub.document
        set duplicate_group = copies.duplicate_group, reprint_of = copies.reprint_of
        from copies
        where document.document_id = copies.document_id
        """
    )
    return sum(1 for mark in marks if mark[2])


def copies(documents: Iterable[Copy]) -> list[list[Copy]]:
    """Groups of two or more copies, the issuing organ's own first, else the earliest.

    Copies share number and title, or the text; documents with different numbers are never copies.
    """
    by_key: dict[tuple[str, ...], list[Copy]] = defaultdict(list)
    for one in documents:
        if one.number and one.title_key:
            by_key["number", one.number, one.title_key].append(one)
        if one.characters >= SHORTEST_TEXT:
            by_key["text", one.text_hash].append(one)
    parents: dict[str, str] = {}
    known: dict[str, Copy] = {}
    for key, group in by_key.items():
        numbers = {one.number for one in group if one.number}
        for first, other in pairwise(group):
            if key[0] == "number" or len(numbers) <= 1:
                known |= {first.document_id: first, other.document_id: other}
                parents[_root(parents, first.document_id)] = _root(parents, other.document_id)
    groups: dict[str, list[Copy]] = defaultdict(list)
    for name, one in known.items():
        groups[_root(parents, name)].append(one)
    return [sorted(group, key=_precedence) for group in groups.values()]


def _root(parents: dict[str, str], name: str) -> str:
    while parents.get(name, name) != name:
        name = parents[name]
    return name


def _precedence(one: Copy) -> tuple[bool, date, datetime, str]:
    return (not one.by_issuer, one.published or date.max, one.first_seen_at, one.document_id)
