"""Putting documents on a shelf, in sections and in order, and taking them off."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.shelves.model import Section, Shelved
from warehouse.desk.shelves.tables import shelf, shelf_document, shelf_section
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

MOST = 500  # documents of one shelf: more is a search, not a choice


class Placing:
    """Sections and documents of shelves; places count from 1 and are given anew when something moves."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def add_section(self, shelf_id: int, title: str, account: str) -> int:
        """A section behind the others; its number."""
        with writing(self._engine) as connection:
            _exists(connection, shelf_id)
            table = shelf_section
            last = select(func.max(table.c.place)).where(table.c.shelf_id == shelf_id)
            place = (connection.execute(last).scalar() or 0) + 1
            row = {"shelf_id": shelf_id, "place": place, "title": checked_text("section", title, 120)}
            made = connection.execute(insert(table).values(row)).inserted_primary_key
            self._changed(connection, shelf_id, account, {"section": row["title"]})
            return int(made[0]) if made else 0

    def rename_section(self, section_id: int, title: str, account: str) -> None:
        """Give a section another title."""
        said = checked_text("section", title, 120)
        with writing(self._engine) as connection:
            shelf_id = _shelf_of(connection, section_id)
            renamed = update(shelf_section).where(shelf_section.c.section_id == section_id)
            connection.execute(renamed.values(title=said))
            self._changed(connection, shelf_id, account, {"section": said})

    def remove_section(self, section_id: int, account: str) -> None:
        """Take a section off; a UserError while documents stand in it."""
        with writing(self._engine) as connection:
            shelf_id = _shelf_of(connection, section_id)
            if any(
                one.section_id == section_id and one.documents for one in sections_of(connection, shelf_id)
            ):
                raise UserError("Documents stand in this section; move them or take them off first.")
            removed = update(shelf_section).where(shelf_section.c.section_id == section_id)
            connection.execute(removed.values(removed_at=self._now()))
            self._changed(connection, shelf_id, account, {"section removed": section_id})

    def put(self, section_id: int, document_id: str, title: str, note: str, account: str) -> Shelved:
        """A document behind the others of a section; one that stands on the shelf already gets the note."""
        row = {
            "section_id": section_id, "document_id": checked_text("document", document_id),
            "title": checked_text("title", title, 1000), "note": checked_text("note", note, 1000, empty=True),
            "account": account, "at": self._now(),
        }  # fmt: skip
        with writing(self._engine) as connection:
            shelf_id = _shelf_of(connection, section_id)
            sections = sections_of(connection, shelf_id)
            held = [one for section in sections for one in section.documents]
            known = next((one for one in held if one.document_id == row["document_id"]), None)
            if known is not None:
                entry_id = known.entry_id
                kept = {"note": row["note"] or known.note}
                connection.execute(_entry(entry_id).values(**kept))
            elif len(held) >= MOST:
                raise UserError(f"The shelf holds {MOST} documents; take some off, or save a search instead.")
            else:
                place = max(
                    (len(one.documents) for one in sections if one.section_id == section_id), default=0
                )
                made = connection.execute(insert(shelf_document).values(**row, place=place + 1))
                entry_id = int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0
            self._changed(connection, shelf_id, account, {"document_id": row["document_id"]})
            wanted = select(shelf_document).where(shelf_document.c.entry_id == entry_id)
            return read_shelved(connection.execute(wanted).one())

    def note(self, entry_id: int, note: str, account: str) -> None:
        """Say why a document stands here."""
        said = checked_text("note", note, 1000, empty=True)
        with writing(self._engine) as connection:
            row, shelf_id = _standing(connection, entry_id)
            connection.execute(_entry(entry_id).values(note=said))
            self._changed(connection, shelf_id, account, {"noted": row.document_id})

    def move(self, entry_id: int, section_id: int, place: int, account: str) -> None:
        """Put a document at a place (from 1) of a section of the same shelf."""
        with writing(self._engine) as connection:
            row, shelf_id = _standing(connection, entry_id)
            if _shelf_of(connection, section_id) != shelf_id:
                raise UserError("The section stands on another shelf; put the document there anew.")
            sections = {one.section_id: one.documents for one in sections_of(connection, shelf_id)}
            order = [one.entry_id for one in sections[section_id] if one.entry_id != entry_id]
            order.insert(max(0, place - 1), entry_id)
            for at, one in enumerate(order, start=1):
                connection.execute(_entry(one).values(section_id=section_id, place=at))
            self._changed(connection, shelf_id, account, {"moved": row.document_id})

    def take_off(self, entry_id: int, account: str) -> None:
        """Take a document off; the log keeps that it stood there."""
        with writing(self._engine) as connection:
            row, shelf_id = _standing(connection, entry_id)
            connection.execute(_entry(entry_id).values(removed_at=self._now()))
            self._changed(connection, shelf_id, account, {"taken off": row.document_id})

    def shelves_of(self, document_id: str) -> list[int]:
        """The shelves that a document stands on, removed ones left out."""
        entry, part = shelf_document, shelf_section
        joined = entry.join(part, entry.c.section_id == part.c.section_id)
        joined = joined.join(shelf, shelf.c.shelf_id == part.c.shelf_id)
        stands = entry.c.removed_at.is_(None) & part.c.removed_at.is_(None) & (shelf.c.state != "removed")
        wanted = (
            select(shelf.c.shelf_id).select_from(joined).where(entry.c.document_id == document_id, stands)
        )
        with reading(self._engine) as connection:
            return sorted({int(number) for (number,) in connection.execute(wanted)})

    # inside

    def _changed(self, connection: Connection, shelf_id: int, account: str, told: dict[str, Any]) -> None:
        now = self._now()
        connection.execute(update(shelf).where(shelf.c.shelf_id == shelf_id).values(changed_at=now))
        note_event(connection, now, account, "change-shelf", f"shelf {shelf_id}", told)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def sections_of(connection: Connection, shelf_id: int) -> list[Section]:
    """The sections of a shelf with their documents, all in order."""
    part, entry = shelf_section, shelf_document
    stands = part.c.shelf_id == shelf_id, part.c.removed_at.is_(None)
    found = list(connection.execute(select(part).where(*stands).order_by(part.c.place, part.c.section_id)))
    ids = [row.section_id for row in found]
    wanted = select(entry).where(entry.c.section_id.in_(ids), entry.c.removed_at.is_(None))
    documents: dict[int, list[Shelved]] = {number: [] for number in ids}
    for row in connection.execute(wanted.order_by(entry.c.place, entry.c.entry_id)):
        documents[row.section_id].append(read_shelved(row))
    return [Section(row.section_id, row.title, tuple(documents[row.section_id])) for row in found]


def read_shelved(row: Any) -> Shelved:
    """A row as the record."""
    return Shelved(
        row.entry_id, row.section_id, row.document_id, row.title, row.note, row.account, instant(row.at)
    )


def _entry(entry_id: int) -> Any:
    return update(shelf_document).where(shelf_document.c.entry_id == entry_id)


def _exists(connection: Connection, shelf_id: int) -> None:
    if connection.execute(select(shelf.c.shelf_id).where(shelf.c.shelf_id == shelf_id)).first() is None:
        raise UserError(f"There is no shelf {shelf_id}; the list of shelves names those there are.")


def _shelf_of(connection: Connection, section_id: int) -> int:
    table = shelf_section
    wanted = select(table.c.shelf_id).where(table.c.section_id == section_id, table.c.removed_at.is_(None))
    row = connection.execute(wanted).first()
    if row is None:
        raise UserError(f"There is no section {section_id} on a shelf.")
    return int(row.shelf_id)


def _standing(connection: Connection, entry_id: int) -> tuple[Any, int]:
    table = shelf_document
    wanted = select(table).where(table.c.entry_id == entry_id, table.c.removed_at.is_(None))
    row = connection.execute(wanted).first()
    if row is None:
        raise UserError(f"Entry {entry_id} stands on no shelf; it was taken off already.")
    return row, _shelf_of(connection, row.section_id)
