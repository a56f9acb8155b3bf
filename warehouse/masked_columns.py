"""Masking what a publication shows of a document beside its body: title, facts, files, former versions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb

from warehouse.database import Warehouse
from warehouse.masking import MASK, mask_spans, mask_words
from warehouse.personal.places import attachment_places, reading_places, spans_of
from warehouse.rows import stage
from warehouse.version_changes import cut_short

_COLUMNS = {
    "document": ("title",),
    "citation": ("sentence", "target_title"),
    "duty": ("sentence", "what", "value"),
    "fact": ("sentence", "value"),
    "label": ("evidence",),
    "field_origin": ("value",),
    "attachment": ("text",),
    "version_change": ("fields", "paragraphs"),
}
_Places = Mapping[str, Sequence[tuple[int, int]]]


def mask_columns(w: Warehouse) -> None:
    """Blank in `fresh`, filled already, what is personal in attached files and former versions, and the words
    that were personal in any version's body wherever else their document shows them.
    """
    connection = w.connection
    places = reading_places(w)
    texts = _texts(connection, places)
    words = _words(connection)
    _add_words_of_versions(connection, places, texts, words)
    _mask_attachments(connection, attachment_places(w))
    _mask_versions(connection, places, texts)
    stage(connection, "has_masked", "document_id varchar", ((one,) for one in words))
    for table, columns in _COLUMNS.items():
        for column in columns:
            _mask_column(connection, table, column, words)
    connection.execute(
        f"update fresh.fact set value = repeat('{MASK}', length(value)::integer) where kind like 'personal:%'"
    )


def _words(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The masked words of each document's body."""
    return dict(
        connection.execute(
            """
            select key.document_id, place.literals
            from chunk_body key
            join body_place place on place.reading_id = key.reading_id and place.mask_hash = key.mask_hash
            where len(place.literals) > 0
            """
        ).fetchall()
    )


def _texts(connection: duckdb.DuckDBPyConnection, places: _Places) -> dict[str, str]:
    stage(connection, "with_read", "reading_id varchar", ((one,) for one in places))
    asked = "select reading_id, text from reading_text semi join with_read using (reading_id)"
    return dict(connection.execute(asked).fetchall())


def _add_words_of_versions(
    connection: duckdb.DuckDBPyConnection,
    places: _Places,
    texts: Mapping[str, str],
    words: dict[str, list[str]],
) -> None:
    """What was personal in any version is masked in what is told of every version."""
    for document_id, before, after in connection.execute(_COMPARED).fetchall():
        for reading in {before, after} & set(places):
            found = (texts[reading][start:end] for start, end in places[reading])
            lines = {line for one in found for line in one.split("\n") if len(line.strip()) > 1}
            words[document_id] = sorted({*words.get(document_id, ()), *lines})


def _mask_attachments(
    connection: duckdb.DuckDBPyConnection, places: Mapping[tuple[str, str], Sequence[tuple[int, int]]]
) -> None:
    named = [(*name, at) for at, name in enumerate(places)]
    if not stage(connection, "with_places", "document_id varchar, url varchar, at integer", named):
        return
    found = list(places.values())
    rows = connection.execute(
        """
        select attachment.rowid, attachment.text, with_places.at
        from fresh.attachment join with_places using (document_id, url)
        """
    ).fetchall()
    _update(connection, "attachment", "text", [(row, _blanked(text, found[at])) for row, text, at in rows])


def _mask_versions(connection: duckdb.DuckDBPyConnection, places: _Places, texts: Mapping[str, str]) -> None:
    """Each listed paragraph anew from the masked text of its version, so that no cut parts what is masked."""
    blanked = {reading: _blanked(text, places[reading]).split("\n") for reading, text in texts.items()}
    changed = []
    for row, before, after, told in connection.execute(_LISTED).fetchall():
        listed = json.loads(told)
        for one in listed:
            _retell(one, "old", blanked.get(before, ()))
            _retell(one, "new", blanked.get(after, ()))
        changed.append((row, json.dumps(listed, ensure_ascii=False)))
    _update(connection, "version_change", "paragraphs", changed)


def _retell(change: dict[str, Any], side: str, paragraphs: Sequence[str]) -> None:
    at = change[f"{side}_at"]
    if change[side] is not None and at is not None and at < len(paragraphs):
        change[side] = cut_short(paragraphs[at])


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    paragraphs = text.split("\n")
    return "\n".join(mask_spans(paragraphs, spans_of(paragraphs, places))[0])


def _mask_column(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, words: Mapping[str, list[str]]
) -> None:
    found = connection.execute(
        f"""
        select rowid, document_id, {column}
        from fresh.{table}
        where {column} is not null and document_id in (select document_id from has_masked)
        """
    ).fetchall()
    changed = []
    for row, document_id, text in found:
        masked = _masked(text, words.get(document_id, ()), column)
        if masked != text:
            changed.append((row, masked))
    _update(connection, table, column, changed)


def _update(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, changed: Sequence[tuple[int, str]]
) -> None:
    if stage(connection, "masked_value", "place bigint, text varchar", changed):
        connection.execute(
            f"update fresh.{table} set {column} = masked_value.text from masked_value "
            f"where {table}.rowid = masked_value.place"
        )


_SAID_IN = {"evidence": ("text",), "fields": ("old", "new"), "paragraphs": ("old", "new")}


def _masked(text: str, words: Iterable[str], column: str) -> str:
    if column not in _SAID_IN:
        return mask_words(text, words)
    listed = json.loads(text)
    for one in listed:
        for name in _SAID_IN[column]:
            if one[name] is not None:
                one[name] = mask_words(one[name], words)
    return json.dumps(listed, ensure_ascii=False)


_COMPARED = """
select change.document_id, change.from_reading, change.to_reading
from version_change change semi join selected using (document_id)
order by change.document_id, change.version_no
"""
_LISTED = """
select shown.rowid, change.from_reading, change.to_reading, shown.paragraphs
from fresh.version_change shown
join version_change change
    on change.document_id = shown.document_id and change.version_no = shown.version_no
where change.from_reading in (select reading_id from with_read)
    or change.to_reading in (select reading_id from with_read)
"""
