"""What becomes of the basket's pins when texts change: a log of old and new places, and what to look at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from warehouse.anchoring import ONCE, Repeat
from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.basket.model import BasketItem, Concern, Pin
from warehouse.desk.basket.rows import columns_of, held_row, item_of, packed, passage_of_row, pin_of
from warehouse.desk.basket.tables import basket_item, basket_pin
from warehouse.errors import UserError
from warehouse.passages import Passage
from warehouse.sqlite_file import reading, writing


@dataclass(frozen=True, slots=True)
class Watched:
    """An item as the check after a publication takes it up."""

    item: BasketItem
    text_hash: str | None  # of the text in which the pin was last found
    settled: dict[str, str]  # what people let stand: concern -> what it said
    repeat: Repeat = ONCE


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found for an item: the pin as it is to be, and what is to be looked at."""

    item_id: int
    passage: Passage
    stands: str
    text_hash: str | None
    concern: Concern
    said: str
    outcome: str  # of the log of pins; '' when nothing is to be logged
    repeat: Repeat = ONCE


class Pins:
    """Changes by the machine are logged here; people's own ones stand in the audit log too."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def watched(self) -> list[Watched]:
        """Every item but purged ones, removed ones too: they may be put back, and drafts refer to them."""
        wanted = select(basket_item).where(basket_item.c.concern != "purged").order_by(basket_item.c.item_id)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted).all()
        return [
            Watched(
                item_of(row),
                row.text_hash,
                dict(json.loads(row.settled)),
                Repeat(row.nth, row.alike, row.times),
            )
            for row in rows
        ]

    def keep(self, publication_id: str, verdicts: Sequence[Verdict], seen: Iterable[Watched]) -> int:
        """Write what a check found; items that somebody changed since they were read wait for the next one.

        Returns how many rows were changed.
        """
        before = {one.item.item_id: one.item for one in seen}
        changed = 0
        with writing(self._engine) as connection:
            for verdict in verdicts:
                row = connection.execute(
                    select(basket_item).where(basket_item.c.item_id == verdict.item_id)
                ).one()
                known = before[verdict.item_id]
                if passage_of_row(row) != known.passage or row.concern != known.concern:
                    continue
                self._write(connection, publication_id, row, verdict)
                changed += 1
        return changed

    def settle(self, item_id: int, account: str) -> BasketItem:
        """Somebody looked at what had to be looked at and lets the passage stand as it is pinned."""
        with writing(self._engine) as connection:
            row = held_row(connection, item_id)
            if row.state != "attention":
                raise UserError(f"Nothing about passage {item_id} has to be looked at.")
            if row.concern == "purged":
                raise UserError(f"The words of passage {item_id} were removed; it cannot be used any more.")
            settled = {**json.loads(row.settled), row.concern: row.said}
            values = {"state": "held", "concern": "", "said": "", "settled": json.dumps(settled)}
            _set(connection, item_id, values)
            told = {"item_id": item_id, "concern": row.concern}
            self._note(connection, account, "settle-passage", row.pinned_document, told)
            return item_of(held_row(connection, item_id))

    def renew(self, item_id: int, passage: Passage, account: str) -> BasketItem:
        """Pin the item to another passage of the same document: the same words in its present version."""
        with writing(self._engine) as connection:
            row = held_row(connection, item_id)
            if row.pinned_document != passage.document_id:
                raise UserError(f"Passage {item_id} belongs to another document.")
            old, new = packed(passage_of_row(row)), packed(passage)
            log_pin(connection, item_id, self._now(), None, "renewed", old, new)
            free = {"state": "held", "concern": "", "said": "", "stands": "", "text_hash": None}
            _set(connection, item_id, {**columns_of(passage), **free, "settled": "{}"})
            self._note(connection, account, "renew-passage", row.pinned_document, {"item_id": item_id})
            return item_of(held_row(connection, item_id))

    def log(self, item_id: int) -> list[Pin]:
        """How the pin of an item changed, in the order in which it did."""
        wanted = select(basket_pin).where(basket_pin.c.item_id == item_id).order_by(basket_pin.c.pin_id)
        with reading(self._engine) as connection:
            return [pin_of(row) for row in connection.execute(wanted)]

    def _write(self, connection: Connection, publication_id: str, row: Any, verdict: Verdict) -> None:
        if verdict.outcome:
            old = packed(passage_of_row(row))
            new = packed(verdict.passage) if verdict.concern not in ("lost", "gone") else ""
            log_pin(
                connection, row.item_id, self._now(), publication_id, verdict.outcome, old, new, verdict.said
            )
        values = {
            **columns_of(verdict.passage), "stands": verdict.stands, "text_hash": verdict.text_hash,
            "concern": verdict.concern, "said": verdict.said, "nth": verdict.repeat.nth,
            "alike": verdict.repeat.alike, "times": verdict.repeat.times,
            "state": "attention" if verdict.concern else "held",
        }  # fmt: skip
        _set(connection, row.item_id, values)

    def _note(
        self, connection: Connection, account: str, action: str, subject: str, told: dict[str, Any]
    ) -> None:
        note_event(connection, self._now(), account, action, subject, told)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def log_pin(
    connection: Connection, item_id: int, at: float, publication_id: str | None, outcome: str, old: str,
    new: str, said: str = "",
) -> None:  # fmt: skip
    """Add one change of a pin to the log."""
    row = {
        "item_id": item_id, "at": at, "publication_id": publication_id, "outcome": outcome, "old_pin": old,
        "new_pin": new, "said": said,
    }  # fmt: skip
    connection.execute(insert(basket_pin).values(row))


def _set(connection: Connection, item_id: int, values: dict[str, Any]) -> None:
    connection.execute(update(basket_item).where(basket_item.c.item_id == item_id).values(**values))
