"""Shelves of a desk: made, introduced, filled and put in order by analysts; readers see published ones."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.shelves.model import STATES, Section, Shelf
from warehouse.desk.shelves.placing import Placing, sections_of
from warehouse.desk.shelves.tables import shelf, shelf_section
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

LONGEST_INTRODUCTION = 6000


class Shelves:
    """Every method is its own transaction with its audit event; `placing` puts documents on shelves."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self.placing = Placing(engine, clock)

    def make(self, title: str, introduction: str, responsible: str, section: str, account: str) -> Shelf:
        """A shelf with its first section, which nobody but analysts sees until it is published."""
        now = self._now()
        row: dict[str, Any] = {**_checked(title, introduction, responsible), "state": "draft"}
        row |= {"account": account, "created_at": now, "changed_at": now}
        first = checked_text("section", section, 120)
        with writing(self._engine) as connection:
            made = connection.execute(insert(shelf).values(row)).inserted_primary_key
            shelf_id = int(made[0]) if made else 0
            part = {"shelf_id": shelf_id, "place": 1, "title": first}
            connection.execute(insert(shelf_section).values(part))
            self._audit(connection, account, shelf_id, {"made": row["title"]})
            return one_shelf(connection, shelf_id)

    def change(
        self, shelf_id: int, title: str, introduction: str, responsible: str, account: str,
        known: Shelf | None = None,
    ) -> Shelf:  # fmt: skip
        """Write its head anew; a UserError when somebody wrote another one since `known` was read."""
        values = _checked(title, introduction, responsible)
        with writing(self._engine) as connection:
            held = one_shelf(connection, shelf_id)
            if known is not None and _head(held) != _head(known):
                raise UserError(
                    f"The head of shelf {shelf_id} was changed meanwhile and says now: {held.title};"
                    f" {held.responsible}; {held.introduction} Join both and keep it again."
                )
            return self._set(connection, shelf_id, account, values, {"title": values["title"]})

    def set_state(self, shelf_id: int, state: str, account: str) -> Shelf:
        """Publish a shelf, take it from readers, or remove it; a removed one can be made a draft again."""
        if state not in STATES:
            raise UserError(f"State '{state}' is unknown; write one of {', '.join(STATES)}.")
        with writing(self._engine) as connection:
            one_shelf(connection, shelf_id)
            if state == "published" and not any(
                section.documents for section in sections_of(connection, shelf_id)
            ):
                raise UserError(
                    f"Shelf {shelf_id} holds no document yet; put one on it before readers see it."
                )
            values = {"state": state, "published_at": self._now() if state == "published" else None}
            return self._set(connection, shelf_id, account, values, {"state": state})

    def get(self, shelf_id: int) -> Shelf:
        """A shelf; a UserError when there is none."""
        with reading(self._engine) as connection:
            return one_shelf(connection, shelf_id)

    def sections(self, shelf_id: int) -> list[Section]:
        """The parts of a shelf in order, each with its documents in order."""
        with reading(self._engine) as connection:
            return sections_of(connection, shelf_id)

    def listed(self, state: str | None = None) -> list[Shelf]:
        """Shelves by title: those in a state, or all that were not removed."""
        wanted = select(shelf).order_by(shelf.c.title, shelf.c.shelf_id)
        wanted = wanted.where(shelf.c.state == state if state else shelf.c.state != "removed")
        with reading(self._engine) as connection:
            return [read_shelf(row) for row in connection.execute(wanted)]

    # inside

    def _set(
        self,
        connection: Connection,
        shelf_id: int,
        account: str,
        values: dict[str, Any],
        told: dict[str, Any],
    ) -> Shelf:
        changed = update(shelf).where(shelf.c.shelf_id == shelf_id)
        connection.execute(changed.values(**values, changed_at=self._now()))
        self._audit(connection, account, shelf_id, told)
        return one_shelf(connection, shelf_id)

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _audit(self, connection: Connection, account: str, shelf_id: int, told: dict[str, Any]) -> None:
        note_event(connection, self._now(), account, "change-shelf", f"shelf {shelf_id}", told)


def one_shelf(connection: Connection, shelf_id: int) -> Shelf:
    """A shelf by its number; a UserError when there is none."""
    row = None
    if 0 < shelf_id < 2**63:
        row = connection.execute(select(shelf).where(shelf.c.shelf_id == shelf_id)).first()
    if row is None:
        raise UserError(f"There is no shelf {shelf_id}; the list of shelves names those there are.")
    return read_shelf(row)


def read_shelf(row: Any) -> Shelf:
    """A row as the record."""
    published = instant(row.published_at) if row.published_at is not None else None
    return Shelf(
        row.shelf_id, row.title, row.introduction, row.responsible, row.state, row.account,
        instant(row.created_at), instant(row.changed_at), published,
    )  # fmt: skip


def _head(one: Shelf) -> tuple[str, str, str]:
    return one.title, one.introduction, one.responsible


def _checked(title: str, introduction: str, responsible: str) -> dict[str, str]:
    return {
        "title": " ".join(checked_text("title", title, 120).split()),
        "introduction": checked_text("introduction", introduction, LONGEST_INTRODUCTION),
        "responsible": " ".join(checked_text("responsible", responsible, 120).split()),
    }
