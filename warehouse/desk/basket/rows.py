"""Items and pins as the tables hold them, and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select

from warehouse.desk.basket.model import BasketItem, Pin
from warehouse.desk.basket.tables import basket_item
from warehouse.desk.corrections import instant
from warehouse.errors import UserError
from warehouse.passages import Passage


def item_of(row: Any) -> BasketItem:
    """The record of one row."""
    return BasketItem(
        row.item_id, row.theme, passage_of_row(row), row.title, row.note, tuple(json.loads(row.tags)),
        row.account, instant(row.created_at), row.state, row.issuer, row.number, row.issued_on, row.place,
        row.concern, row.said, row.stands, row.removed_at is not None,
    )  # fmt: skip


def passage_of_row(row: Any) -> Passage:
    """The pinned passage of one row."""
    return Passage(
        row.pinned_document, row.version_no, row.reading_id, row.sha256, row.paragraph, row.start_at,
        row.end_at, row.words, row.before, row.after,
    )  # fmt: skip


def columns_of(passage: Passage) -> dict[str, Any]:
    """The columns that a passage fills."""
    return {
        "pinned_document": passage.document_id, "version_no": passage.version_no,
        "reading_id": passage.reading_id, "sha256": passage.sha256, "paragraph": passage.paragraph,
        "start_at": passage.start, "end_at": passage.end, "words": passage.text, "before": passage.before,
        "after": passage.after,
    }  # fmt: skip


def packed(passage: Passage | None) -> str:
    """A pin for the log of pins; '' for none."""
    return json.dumps(asdict(passage), ensure_ascii=False) if passage else ""


def pin_of(row: Any) -> Pin:
    """One row of the log of pins."""
    old, new = (_unpacked(row.old_pin), _unpacked(row.new_pin))
    return Pin(row.item_id, instant(row.at), row.publication_id, row.outcome, old, new, row.said)


def held_row(connection: Connection, item_id: int, *, removed: bool = False) -> Any:
    """The row of an item that is in the basket (`removed`: that was taken out), or a UserError."""
    row = connection.execute(select(basket_item).where(basket_item.c.item_id == item_id)).first()
    if row is None:
        raise UserError(f"There is no passage {item_id} in the basket.")
    if removed is not (row.removed_at is not None):
        state = "was removed from the basket; put it back first" if row.removed_at else "is in the basket"
        raise UserError(f"Passage {item_id} {state}.")
    return row


def _unpacked(text: str) -> Passage | None:
    return Passage(**json.loads(text)) if text else None
