"""Attached files: what a page offers, what was fetched of it, and texts that arrive before their document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote, urlsplit

import duckdb

from warehouse.content import MARKING, extraction_mark
from warehouse.corrected_texts import applied_correction
from warehouse.identity import address_name
from warehouse.known import KnownDocuments
from warehouse.outbox import touch
from warehouse.records import Document, Problem, ReadCapture
from warehouse.rows import stage, stage_like
from warehouse.versions import Changes

WAITING = "waiting "  # before an address: the document it belongs to has not been read yet


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One attached file of one document."""

    document_id: str
    url: str
    name: str
    capture_id: str | None
    status: str
    media_type: str | None
    pages: int | None
    text: str | None
    fetched_at: datetime | None
    quality: float | None = None
    method: str | None = None
    text_correction: int | None = None
    places: str | None = None

    def values(self) -> tuple[str | int | float | None, ...]:
        """The columns as the table holds them."""
        return (
            self.document_id, self.url, self.name, self.capture_id, self.status, self.media_type, self.pages,
            self.text, self.quality, self.method, self.text_correction, self.places,
        )  # fmt: skip


def take_attachments(
    connection: duckdb.DuckDBPyConnection,
    changes: Changes,
    known: KnownDocuments,
    batch: Iterable[ReadCapture],
) -> int:
    """Write the links of the batch's new readings and the texts of its attachment captures; returns the
    texts stored.
    """
    arrived = [read for read in batch if read.extraction.attachment is not None]
    owners = {one.document_id for one in changes.touched.values()}
    owners |= {_owner(known, read) for read in arrived}
    waiting = {WAITING + name: document_id for name, document_id in changes.aliases.items()}
    rows = _load(connection, owners | set(waiting))
    before = dict(rows)
    for document_id, seen in changes.newest.items():
        _take_links(rows, document_id, seen.document)
    stored = sum(_take_text(changes, rows, known, read) for read in arrived)
    _bring_home(rows, waiting)
    for document_id, seen in changes.newest.items():
        _drop_former(rows, document_id, seen.document)
    _write(connection, before, rows)
    return stored


_Rows = dict[tuple[str, str], AttachmentRow]


def _owner(known: KnownDocuments, read: ReadCapture) -> str:
    parent = read.capture.parent_url or read.capture.url
    standing = known.by_address(read.capture.source_id, parent)
    return standing.document_id if standing else WAITING + address_name(read.capture.source_id, parent)


def _take_links(rows: _Rows, document_id: str, document: Document) -> None:
    """Rows for what the page offers now; a link that is gone stays only if its file was fetched.

    A file that moved with its page keeps its text until it is fetched at its new address.
    """
    offered = {link.url: link.name for link in document.attachments}
    former = {row.name: row for row in _not_offered(rows, document_id, offered)}
    for url, name in offered.items():
        fresh = AttachmentRow(document_id, url, name, None, "linked", None, None, None, None)
        moved = former.get(name)
        known = rows.get((document_id, url)) or (replace(moved, url=url) if moved else fresh)
        rows[document_id, url] = replace(known, name=name)


def _drop_former(rows: _Rows, document_id: str, document: Document) -> None:
    """A file is held once: one no longer offered goes when an offered one has its name or its text."""
    offered = {link.url: link.name for link in document.attachments}
    texts = {rows[document_id, url].text for url in offered} - {None}
    for row in _not_offered(rows, document_id, offered):
        if row.status == "linked" or row.name in offered.values() or row.text in texts:
            del rows[document_id, row.url]


def _not_offered(rows: _Rows, document_id: str, offered: Mapping[str, str]) -> list[AttachmentRow]:
    return [row for (owner, url), row in rows.items() if owner == document_id and url not in offered]


def _take_text(changes: Changes, rows: _Rows, known: KnownDocuments, read: ReadCapture) -> int:
    attachment, capture = read.extraction.attachment, read.capture
    assert attachment is not None
    owner = _owner(known, read)
    before = rows.get((owner, capture.url))
    if before is not None and before.fetched_at is not None and before.fetched_at > capture.fetched_at:
        return 0
    name = before.name if before else unquote(urlsplit(capture.url).path.rsplit("/", 1)[-1]) or capture.url
    row = AttachmentRow(
        owner, capture.url, name, capture.capture_id, attachment.status, attachment.media_type,
        attachment.pages, attachment.text, capture.fetched_at, attachment.quality, attachment.method,
        applied_correction(read.extractor_version), attachment.places or None,
    )  # fmt: skip
    mark = extraction_mark(read.extraction)
    if mark:
        row = replace(row, status="classified_marking", text=None, quality=None, places=None)
        detail = f"The attached file carries a secrecy mark ({mark}); its text is not kept."
        changes.problems.append((capture, Problem(MARKING, detail)))
    changes.captures[capture.capture_id] = capture
    rows[owner, capture.url] = row
    return 1 if before is None or before.values() != row.values() else 0


def _bring_home(rows: _Rows, waiting: dict[str, str]) -> None:
    """Give waiting texts to their documents, now that these are known."""
    for (owner, url), row in list(rows.items()):
        home = waiting.get(owner)
        if home is None:
            continue
        del rows[owner, url]
        linked = rows.get((home, url))
        if (
            linked is None
            or linked.fetched_at is None
            or (row.fetched_at and row.fetched_at > linked.fetched_at)
        ):
            rows[home, url] = replace(row, document_id=home, name=linked.name if linked else row.name)


def _load(connection: duckdb.DuckDBPyConnection, owners: Iterable[str]) -> _Rows:
    stage(connection, "wanted_owner", "document_id varchar", ((one,) for one in owners))
    found = connection.execute(
        """
        select a.document_id, a.url, a.name, a.capture_id, a.status, a.media_type, a.pages, a.text,
        c.fetched_at, a.quality, a.method, a.text_correction, a.places
        from attachment a
        semi join wanted_owner w on w.document_id = a.document_id
        left join capture c on c.capture_id = a.capture_id
        """
    ).fetchall()
    return {(row[0], row[1]): AttachmentRow(*row) for row in found}


def _write(connection: duckdb.DuckDBPyConnection, before: _Rows, after: _Rows) -> None:
    gone = [key for key in before if key not in after]
    fresh = [row.values() for key, row in after.items() if before.get(key) != row]
    touch(connection, {owner for owner, _ in gone} | {str(row[0]) for row in fresh})
    if gone:
        stage(connection, "gone_attachment", "document_id varchar, url varchar", gone)
        connection.execute(
            """
            delete from attachment using gone_attachment g
            where attachment.document_id = g.document_id and attachment.url = g.url
            """
        )
    if stage_like(connection, "fresh_attachment", "attachment", fresh):
        connection.execute(
            """
            insert into attachment select * from fresh_attachment
            on conflict (document_id, url) do update set
                name = excluded.name, capture_id = excluded.capture_id, status = excluded.status,
                media_type = excluded.media_type, pages = excluded.pages, text = excluded.text,
                quality = excluded.quality, method = excluded.method,
                text_correction = excluded.text_correction, places = excluded.places
            """
        )
