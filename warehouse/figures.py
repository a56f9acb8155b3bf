"""A hash over all that readers of a publication see, kept as sums that a delta moves; nothing is read anew.

Every row counts with its hash into the sum of its part; rows taken out are subtracted, rows put in are added.
"""

from __future__ import annotations

import json
from typing import Any

import duckdb

from warehouse.identity import digest
from warehouse.rows import sql

_NOT_SAID = "document_no"  # tells nothing: a delta gives other numbers than a whole
# Tables whose rows belong to one document each; in brackets what is summed apart, or is nothing to readers.
KEYED: dict[str, tuple[str, ...]] = {
    "document": (
        "last_seen_at", "segment", "start_at", "length", "validity", "validity_basis", "validity_by",
        "in_force_from", "in_force_until", "reprint_of", "duplicate_group", "theme_ids",
    ),
    "label": (),
    "citation": ("target_document_id", "target_version", "target_is_later"),
    "duty": (),
    "fact": (),
    "routing": (),
    "attachment": (),
    "field_origin": (),
    "version": (),
    "version_change": (),
    "event": (),
}  # fmt: skip
# What is found out about a document from others: part, table, columns, and when a row counts.
DERIVED = {
    "copies": ("document", "document_id, duplicate_group, reprint_of", "duplicate_group is not null"),
    "validity": ("document", "document_id, validity, validity_basis, validity_by", "validity <> 'unknown'"),
    "force": (
        "document", "document_id, in_force_from, in_force_until",
        "(in_force_from is not null or in_force_until is not null)",
    ),
    "targets": (
        "citation", "document_id, fact_id, start_at, target_document_id, target_version, target_is_later",
        "target_document_id is not null",
    ),
}  # fmt: skip
_APART = {
    "publication", "crawl_run", "source_health", "problem", "capture", "week_count", "past_body",
    "dated_duty", "limit_duty",
}  # fmt: skip


class Figures:
    """Number of rows and sum of their hashes, part by part."""

    def __init__(self, parts: dict[str, list[int]] | None = None) -> None:
        self.parts = parts or {}

    @classmethod
    def read(cls, text: str) -> Figures:
        """The sums as `text` of them says."""
        return cls({part: [int(rows), int(total)] for part, (rows, total) in json.loads(text).items()})

    def text(self) -> str:
        """The sums, to be kept."""
        return json.dumps({part: [rows, str(total)] for part, (rows, total) in self.parts.items()})

    def move(self, part: str, rows: int, total: int, sign: int = 1) -> None:
        """Put rows in, or with sign -1 take them out."""
        held = self.parts.setdefault(part, [0, 0])
        held[0] += sign * rows
        held[1] += sign * total

    def put(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Count all rows of `fresh`; keeps each document's sum in the temporary table `row_total`."""
        rows = " union all ".join(
            f"select document_id, hash({', '.join(_columns(connection, table))})::hugeint as value "
            f"from fresh.{table}"
            for table in KEYED
        )
        connection.execute(
            "create or replace temp table row_total as "
            f"select document_id, sum(value)::hugeint as total from ({rows}) group by document_id"
        )
        self._sum(connection, "rows", "select total as value from row_total", 1)

    def bodies(self, connection: duckdb.DuckDBPyConnection, source: str, sign: int) -> None:
        """Count which bodies `source` says are shown, and how they are masked."""
        self._sum(connection, "bodies", f"select hash(document_id, mask_hash) as value from {source}", sign)

    def derived(self, connection: duckdb.DuckDBPyConnection, part: str, source: str, sign: int) -> None:
        """Count what `source` (a table or a join with a `where` left open) says in a derived part."""
        _, columns, counts = DERIVED[part]
        self._sum(connection, part, f"select hash({columns}) as value from {source} where {counts}", sign)

    def take_out(self, connection: duckdb.DuckDBPyConnection) -> int:
        """Delete the rows of the `touched` documents from the keyed tables of `pub` and subtract them.

        Their own sums are known; to read the rows again would unpack half of the file. Returns their number.
        """
        known = "select total as value from published_body semi join touched using (document_id)"
        self._sum(connection, "rows", known, -1)
        for part, (table, _, _) in DERIVED.items():
            self.derived(connection, part, f"(from pub.{table} semi join touched using (document_id))", -1)
        deleted = 0
        for table in KEYED:
            row = connection.execute(
                f"delete from pub.{table} where document_id in (select document_id from touched)"
            ).fetchone()
            deleted += int(row[0]) if row else 0
        return deleted

    def mark(self, connection: duckdb.DuckDBPyConnection, timezone: str, *others: str) -> str:
        """A hash over all parts, those that are small read anew, and `others`."""
        parts = dict(self.parts)
        for table in _tables(connection):
            if table not in KEYED and table not in _APART:
                parts[table] = _whole(connection, f"select hash(t) as value from pub.{table} t")
        for part, query in _queries(timezone).items():
            parts[part] = _whole(connection, query)
        told = ",".join(f"{part}:{rows}:{total}" for part, (rows, total) in sorted(parts.items()) if rows)
        return digest(told, *others)

    def _sum(self, connection: duckdb.DuckDBPyConnection, part: str, query: str, sign: int) -> None:
        rows, total = _whole(connection, query)
        self.move(part, rows, total, sign)


def _whole(connection: duckdb.DuckDBPyConnection, query: str) -> list[int]:
    row: Any = connection.execute(
        f"select count(*), coalesce(sum(value::hugeint), 0) from ({query})"
    ).fetchone()
    return [int(row[0]), int(row[1])]


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    described = connection.execute(f"describe pub.{table}").fetchall()
    return [f'"{row[0]}"' for row in described if row[0] not in (*KEYED[table], _NOT_SAID)]


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'pub' order by table_name"
    ).fetchall()
    return [str(row[0]) for row in found]


def _queries(timezone: str) -> dict[str, str]:
    """Parts that are no table as it stands, from views/fingerprint.sql."""
    named = dict.fromkeys(("problem", "health", "past_body", "day"), "")
    for part, text in zip(named, sql("views", "fingerprint").split(";"), strict=False):
        named[part] = text.replace("$timezone", "'" + timezone.replace("'", "''") + "'")
    return named
