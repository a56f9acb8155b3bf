"""Which documents are copies of one another, and which copy is the issuing organ's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

import duckdb

from warehouse.figures import Figures
from warehouse.rows import sql, stage

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
    withdrawn: bool = False


def mark_reprints(connection: duckdb.DuckDBPyConnection, figures: Figures) -> int:
    """Bring duplicate_group and reprint_of in `pub.document` up to date; returns for how many documents.

    Looked at are those that a key joins, over however many others, to a touched document; makes the temporary
    table `copies_changed`.
    """
    connection.execute(sql("views", "copies_looked_at"))
    while connection.execute(sql("views", "copies_outward")).fetchone() != (0,):
        continue
    rows = connection.execute(sql("views", "copies_told")).fetchall()
    near = connection.execute(
        "select document_id, other_id from near_copy semi join looked_at using (document_id) "
        "where kind = 'copy' order by similarity desc, document_id, other_id"
    ).fetchall()
    marks = [mark for group in copies((Copy(*row) for row in rows), near) for mark in _marks(group)]
    stage(connection, "copies", "document_id varchar, duplicate_group varchar, reprint_of varchar", marks)
    connection.execute(sql("views", "copies_changed"))
    before = (
        "(select document_id, old_group as duplicate_group, old_original as reprint_of from copies_changed)"
    )
    figures.derived(connection, "copies", before, -1)
    figures.derived(connection, "copies", "copies_changed", 1)
    row = connection.execute("select count(*) from copies_changed").fetchone()
    return int(row[0]) if row else 0


def copies(documents: Iterable[Copy], near: Iterable[tuple[str, str]] = ()) -> list[list[Copy]]:
    """Groups of two or more copies, the issuing organ's own first, else the earliest.

    Copies share number and title, or the text, or their texts are `near` (the surest pairs first); documents
    with different numbers are never copies.
    """
    by_key: dict[tuple[str, ...], list[Copy]] = defaultdict(list)
    known: dict[str, Copy] = {}
    for one in documents:
        known[one.document_id] = one
        if one.number and one.title_key:
            by_key["number", one.number, one.title_key].append(one)
        if one.characters >= SHORTEST_TEXT:
            by_key["text", one.text_hash].append(one)
    joined = _Joined(known)
    for key, group in by_key.items():
        numbers = {one.number for one in group if one.number}
        for first, other in pairwise(group):
            if key[0] == "number" or len(numbers) <= 1:
                joined.join(first.document_id, other.document_id)
    for pair in near:
        if all(name in known for name in pair) and len(joined.numbers(*pair)) <= 1:
            joined.join(*pair)
    return [sorted(group, key=_precedence) for group in joined.groups()]


def _marks(group: list[Copy]) -> list[tuple[str, str, str | None]]:
    """Document, original and what it is a reprint of; a withdrawn original leaves its place to the next copy.

    So a document that is shown is told by itself exactly when it is a reprint of nothing.
    """
    at = next((place for place, one in enumerate(group) if not one.withdrawn), 0)
    original = group[at].document_id
    return [(one.document_id, original, original if place > at else None) for place, one in enumerate(group)]


class _Joined:
    """Documents put together step by step, with the numbers that each group bears."""

    def __init__(self, known: dict[str, Copy]) -> None:
        self._known = known
        self._parents: dict[str, str] = {}
        self._numbers: dict[str, set[str]] = {}

    def join(self, first: str, other: str) -> None:
        """Make one group of the groups of both."""
        numbers, root = self.numbers(first, other), self._root(other)
        self._parents[self._root(first)] = root
        self._parents.setdefault(root, root)
        self._numbers[root] = numbers

    def numbers(self, *names: str) -> set[str]:
        """The different numbers that the groups of these documents bear."""
        return {number for name in names for number in self._borne(self._root(name))}

    def groups(self) -> list[list[Copy]]:
        """The groups of two or more."""
        found: dict[str, list[Copy]] = defaultdict(list)
        for name in self._parents:
            found[self._root(name)].append(self._known[name])
        return list(found.values())

    def _borne(self, root: str) -> set[str]:
        own = self._known[root].number
        return self._numbers.get(root, {own} if own else set())

    def _root(self, name: str) -> str:
        while self._parents.get(name, name) != name:
            name = self._parents[name]
        return name


def _precedence(one: Copy) -> tuple[bool, date, datetime, str]:
    return (not one.by_issuer, one.published or date.max, one.first_seen_at, one.document_id)
