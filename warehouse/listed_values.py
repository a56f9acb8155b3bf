"""What only a list said of a document stays known when its page and later lists are silent about it.

A site that is rebuilt prints other lists; a number that its former lists told does not end by that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import duckdb

from warehouse.content import title_key
from warehouse.records import Document, FieldOrigin

FIELDS = ("doc_number", "index_number")


@dataclass(frozen=True, slots=True)
class ListedValues:
    """The values of the reading that is shown which no page tells, and the title they belong to."""

    title: str = ""  # as title_key writes it
    values: Mapping[str, str] = field(default_factory=dict)


def listed_values(document: Document) -> ListedValues:
    """What of a document only a list told."""
    return ListedValues(title_key(document.title), told_by_lists(document.origins))


def keep_listed(before: ListedValues, document: Document) -> Document:
    """The document with the numbers a list once told, when it has the same title and tells none itself."""
    silent = {name: value for name, value in before.values.items() if not getattr(document, name)}
    if not silent or title_key(document.title) != before.title:
        return document
    origins = tuple(FieldOrigin(name, value, "list") for name, value in silent.items())
    return replace(
        document,
        doc_number=silent.get("doc_number", document.doc_number),
        index_number=silent.get("index_number", document.index_number),
        origins=(*document.origins, *origins),
    )


def load_listed(connection: duckdb.DuckDBPyConnection) -> dict[str, ListedValues]:
    """The listed values of the wanted documents, by document; most have none."""
    rows = connection.execute(
        """
        select d.document_id, r.title_key, r.origins::varchar
        from document d
        semi join wanted_document w on w.document_id = d.document_id
        join reading r on r.reading_id = d.reading_id
        where contains(r.origins::varchar, '"list"')
        """
    ).fetchall()
    return {
        document_id: ListedValues(title, told_by_lists(FieldOrigin(**one) for one in json.loads(origins)))
        for document_id, title, origins in rows
    }


def told_by_lists(origins: Iterable[FieldOrigin]) -> dict[str, str]:
    """The numbers that only a list told, by field."""
    return {
        one.field: one.value for one in origins if one.origin == "list" and one.chosen and one.field in FIELDS
    }
