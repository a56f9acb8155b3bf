"""What is known already of the documents in a batch, found by identifier, address or former name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import duckdb

from warehouse.identity import address_name
from warehouse.listed_values import ListedValues, load_listed
from warehouse.records import Document, ReadCapture
from warehouse.rows import stage


@dataclass(slots=True)
class KnownReading:
    """One stored reading, as far as comparing needs it."""

    reading_id: str
    document_id: str
    version_no: int
    capture_id: str
    extractor_version: str
    content_hash: str
    fetched_at: datetime


@dataclass(slots=True)
class KnownDocument:
    """The standing of one document while a batch is worked through; written back at its end."""

    document_id: str
    source_id: str
    site_id: str | None
    url: str | None
    status: str
    origin: str
    first_seen_at: datetime
    last_seen_at: datetime
    changed_at: datetime
    version_no: int
    reading_id: str
    readings: dict[str, KnownReading] = field(default_factory=dict)
    withdrawn_at: datetime | None = None
    listed: ListedValues = field(default_factory=ListedValues)

    @property
    def current(self) -> KnownReading:
        """The reading that is shown."""
        return self.readings[self.reading_id]


@dataclass(slots=True)
class KnownDocuments:
    """Documents and names of a batch, growing as the batch adds to them."""

    documents: dict[str, KnownDocument]
    names: dict[str, str]

    def find(self, document: Document, names: Iterable[str]) -> KnownDocument | None:
        """The stored document that this is: the same identifier, else a former name.

        Two documents with own site ids that differ are never one, whatever address they share.
        """
        found = self.documents.get(document.document_id)
        if found is not None:
            return found
        for name in names:
            candidate = self.documents.get(self.names.get(name, ""))
            if candidate is not None and _compatible(candidate, document):
                return candidate
        return None

    def by_address(self, source_id: str, url: str) -> KnownDocument | None:
        """The document a source's address leads to, if it is known."""
        return self.documents.get(self.names.get(address_name(source_id, url), ""))


def names_of(read: ReadCapture, document: Document) -> tuple[str, ...]:
    """Every name this document is known by through this capture; the capture's address only when it holds
    just one.
    """
    addresses = [document.url] if document.url else []
    if len(read.extraction.documents) == 1:
        addresses += [read.capture.url, read.capture.final_url]
    names = [document.document_id, *(address_name(document.source_id, url) for url in addresses)]
    return tuple(dict.fromkeys(names))


def load_known(
    connection: duckdb.DuckDBPyConnection, ids: Iterable[str], names: Iterable[str]
) -> KnownDocuments:
    """All stored documents with one of the ids or names, with their readings."""
    stage(connection, "wanted_name", "name varchar", ((name,) for name in {*ids, *names}))
    aliases = connection.execute(
        "select alias, document_id from document_alias where alias in (select name from wanted_name)"
    ).fetchall()
    wanted = {*ids, *(row[1] for row in aliases)}
    stage(connection, "wanted_document", "document_id varchar", ((one,) for one in wanted))
    rows = connection.execute(
        """
        select document_id, source_id, site_id, url, status, origin, first_seen_at, last_seen_at, changed_at,
               version_no, reading_id
        from document semi join wanted_document using (document_id)
        """
    ).fetchall()
    known = KnownDocuments({row[0]: KnownDocument(*row) for row in rows}, dict(aliases))
    _load_readings(connection, known)
    return known


def _load_readings(connection: duckdb.DuckDBPyConnection, known: KnownDocuments) -> None:
    readings = connection.execute(
        """
        select r.reading_id, r.document_id, r.version_no, r.capture_id, r.extractor_version, r.content_hash,
        c.fetched_at
        from reading r
        semi join wanted_document w on w.document_id = r.document_id
        join capture c on c.capture_id = r.capture_id
        """
    ).fetchall()
    for row in readings:
        reading = KnownReading(*row)
        known.documents[reading.document_id].readings[reading.reading_id] = reading
    withdrawals = connection.execute(
        """
        select e.document_id, max(e."at")
        from event e semi join wanted_document w on w.document_id = e.document_id
        where e.kind = 'withdrawn'
        group by e.document_id
        """
    ).fetchall()
    for document_id, at in withdrawals:
        known.documents[document_id].withdrawn_at = at
    for document_id, listed in load_listed(connection).items():
        known.documents[document_id].listed = listed


def _compatible(candidate: KnownDocument, document: Document) -> bool:
    same_source = candidate.source_id == document.source_id
    return same_source and (
        not candidate.site_id or not document.site_id or candidate.site_id == document.site_id
    )
