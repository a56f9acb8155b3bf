"""Filling `pub`, the facts.duckdb of the publication being made, from the warehouse by the SQL files in
views/.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import astuple
from typing import Any

import duckdb

from warehouse.database import Warehouse
from warehouse.identity import digest
from warehouse.index_delta import update_themes
from warehouse.masking import MASK, SUSPECT, mask_numbers, mask_words
from warehouse.records import Theme
from warehouse.reprints import mark_reprints
from warehouse.rows import sql, sql_names, stage
from warehouse.search.index import FIELDS_VERSION

_MASKED_COLUMNS = {
    "document": ("title",),
    "citation": ("sentence", "target_title"),
    "duty": ("sentence", "what", "value"),
    "fact": ("sentence", "value"),
    "label": ("evidence",),
    "field_origin": ("value",),
    "attachment": ("text",),
    "version_change": ("fields", "paragraphs"),
}
_PLAIN_TOO = ("attachment", "version_change")  # texts of which nobody looked for personal data
_THEME = (
    "theme_id varchar, name_zh varchar, name_en varchar, note varchar, topics varchar[], terms varchar[], "
    "organs varchar[], exclude varchar[]"
)


def fill(
    w: Warehouse, themes: tuple[Theme, ...], schema_version: int, progress: Callable[[int, int], None]
) -> None:
    """Fill every table of `pub`; `selected`, `publishing` and the body places are there already."""
    connection = w.connection
    for name in ("effective_label", "facts_document"):
        connection.execute(sql("views", name))
    mark_reprints(connection)
    for name in ("facts_mined", "facts_history"):
        connection.execute(sql("views", name))
    _mask_elsewhere(connection)
    for name in ("macros", "resolve_citations", "later_versions", "validity", "index_rows"):
        connection.execute(sql("views", name))
    stage(connection, "theme_row", _THEME, (_theme_row(theme) for theme in themes))
    connection.execute("insert into pub.theme by name select * from theme_row order by theme_id")
    update_themes(w, themes, progress)
    connection.execute(sql("views", "facts_reference"))
    connection.execute(sql("views", "facts_publication"), [schema_version])


def fingerprint(w: Warehouse) -> str:
    """A hash over all that a reader of `pub` can see and how it is indexed; equal means nothing changed."""
    row = w.connection.execute(sql("views", "fingerprint"), [w.home.settings.place.timezone]).fetchone()
    return digest(str(row[0]), FIELDS_VERSION) if row else ""


def failed_checks(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The rules that do not hold for `pub`, each with its count and up to three examples."""
    failed: dict[str, list[str]] = {}
    for name in sql_names("checks"):
        rows = connection.execute(sql("checks", name)).fetchall()
        if rows:
            examples = [f"{document_id} {reason}".strip() for document_id, reason in rows[:3]]
            more = [f"and {len(rows) - 3} more"] if len(rows) > 3 else []
            failed[name] = examples + more
    return failed


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The figures of the publication."""
    answer = connection.execute(sql("views", "counts"))
    names = [column[0] for column in answer.description or ()]
    return dict(zip(names, answer.fetchone() or (), strict=True))


def _theme_row(theme: Theme) -> tuple[Any, ...]:
    return tuple(list(value) if isinstance(value, tuple) else value for value in astuple(theme))


def _mask_elsewhere(connection: duckdb.DuckDBPyConnection) -> None:
    """Blank the masked words of a body wherever else its document shows them, and plain numbers in attached
    files and former versions.
    """
    words: dict[str, list[str]] = dict(
        connection.execute(
            """
            select key.document_id, place.literals
            from body_key key
            join body_place place on place.reading_id = key.reading_id and place.mask_hash = key.mask_hash
            where len(place.literals) > 0
            """
        ).fetchall()
    )
    stage(connection, "has_masked", "document_id varchar", ((one,) for one in words))
    for table, columns in _MASKED_COLUMNS.items():
        for column in columns:
            _mask_column(connection, table, column, words)
    connection.execute(
        f"update pub.fact set value = repeat('{MASK}', length(value)::integer) where kind like 'personal:%'"
    )


def _mask_column(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, words: dict[str, list[str]]
) -> None:
    plain_too = table in _PLAIN_TOO
    found = connection.execute(
        f"""
        select rowid, document_id, {column}
        from pub.{table}
        where {column} is not null
            and (document_id in (select document_id from has_masked) or ($1 and regexp_matches({column}, $2)))
        """,
        [plain_too, SUSPECT],
    ).fetchall()
    changed = []
    for row, document_id, text in found:
        masked = _masked(text, words.get(document_id, ()), column, plain_too)
        if masked != text:
            changed.append((row, masked))
    if stage(connection, "masked_value", "place bigint, text varchar", changed):
        connection.execute(
            f"update pub.{table} set {column} = masked_value.text from masked_value "
            f"where {table}.rowid = masked_value.place"
        )


def _masked(text: str, words: Iterable[str], column: str, plain_too: bool) -> str:
    if column == "evidence":
        listed = json.loads(text)
        for one in listed:
            one["text"] = mask_words(one["text"], words)
        return json.dumps(listed, ensure_ascii=False)
    masked = mask_words(text, words)
    return mask_numbers(masked) if plain_too else masked
