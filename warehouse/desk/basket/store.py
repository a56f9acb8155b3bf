"""The evidence basket: passages that people keep for a theme, shared by all who work at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, case, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.basket.folding import (
    as_json,
    checked_tags,
    joined_notes,
    joined_tags,
    same_place,
    wider,
)
from warehouse.desk.basket.model import BasketItem, Paper, Theme
from warehouse.desk.basket.pins import Pins, log_pin
from warehouse.desk.basket.rows import columns_of, held_row, item_of, packed, passage_of_row
from warehouse.desk.basket.tables import basket_choice, basket_item
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.passages import Passage
from warehouse.sqlite_file import reading, writing

_LONGEST_THEME = 80
_LONGEST_NOTE = 4000
_BATCH = 500
_IN = basket_item.c.removed_at.is_(None)


class Basket:
    """Every method is one transaction; each change by a person stands in the audit log."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self.pins = Pins(engine, clock)

    def add(
        self, theme: str, passage: Passage, title: str, note: str, tags: Iterable[str], account: str,
        paper: Paper | None = None,
    ) -> BasketItem:  # fmt: skip
        """Keep a passage. One that the theme has already (or holds, or is held by) is folded with it.

        The item of old then has both notes and all tags, and the wider words of the two. `paper` says more
        of the document than its title. Compare `created_at` or `has` to tell whether it was there.
        """
        about = paper or Paper(title)
        kept_theme, kept_tags = checked_theme(theme), checked_tags(tags)
        kept_note = checked_text("note", note, longest=_LONGEST_NOTE, empty=True)
        if not passage.text.strip():
            raise UserError("A passage without words cannot be kept.")
        with writing(self._engine) as connection:
            held = connection.execute(
                select(basket_item).where(
                    basket_item.c.theme == kept_theme,
                    basket_item.c.pinned_document == passage.document_id, _IN,
                )
            ).all()  # fmt: skip
            old = same_place(held, passage)
            if old is not None:
                return self._fold(connection, old, passage, kept_note, kept_tags, account)
            row = {
                **columns_of(passage), "theme": kept_theme, "place": _end(connection, kept_theme),
                "title": about.title or title, "issuer": about.issuer, "number": about.number,
                "issued_on": about.issued_on, "note": kept_note, "tags": as_json(kept_tags),
                "account": account, "created_at": self._now(), "state": "held", "concern": "", "said": "",
                "stands": "", "settled": "{}",
            }  # fmt: skip
            made = connection.execute(insert(basket_item).values(row)).inserted_primary_key
            item_id = int(made[0]) if made else 0
            self._note(connection, account, "keep-passage", passage.document_id, item_id, theme=kept_theme)
            return item_of(held_row(connection, item_id))

    def has(self, theme: str, passage: Passage) -> BasketItem | None:
        """The item into which `add` would fold the passage."""
        return next(
            (item_of(row) for row in [same_place(self._of(theme, passage.document_id), passage)] if row), None
        )

    def items(self, theme: str, tag: str | None = None) -> list[BasketItem]:
        """The items of a theme in their order, those with a tag when one is named."""
        found = select(basket_item).where(basket_item.c.theme == theme, _IN)
        with reading(self._engine) as connection:
            rows = connection.execute(found.order_by(basket_item.c.place, basket_item.c.item_id)).all()
        items = [item_of(row) for row in rows]
        return [one for one in items if tag is None or tag in one.tags]

    def removed(self, theme: str, limit: int = 20) -> list[BasketItem]:
        """What was taken out of a theme, latest first."""
        out = select(basket_item).where(basket_item.c.theme == theme, basket_item.c.removed_at.is_not(None))
        with reading(self._engine) as connection:
            rows = connection.execute(out.order_by(basket_item.c.removed_at.desc()).limit(limit)).all()
        return [item_of(row) for row in rows]

    def by_ids(self, item_ids: Iterable[int]) -> dict[int, BasketItem]:
        """The items of these numbers, removed ones too, since drafts still refer to them."""
        wanted = sorted(set(item_ids))
        found: dict[int, BasketItem] = {}
        with reading(self._engine) as connection:
            for at in range(0, len(wanted), _BATCH):
                some = basket_item.c.item_id.in_(wanted[at : at + _BATCH])
                rows = connection.execute(select(basket_item).where(some))
                found |= {row.item_id: item_of(row) for row in rows}
        return found

    def themes(self) -> list[Theme]:
        """The themes that hold something, with how much, by name."""
        looked = func.sum(case((basket_item.c.state == "attention", 1), else_=0))
        counted = select(basket_item.c.theme, func.count(), looked).where(_IN)
        with reading(self._engine) as connection:
            rows = connection.execute(counted.group_by(basket_item.c.theme).order_by(basket_item.c.theme))
            return [Theme(str(name), int(count), int(look)) for name, count, look in rows]

    def count(self, theme: str) -> int:
        """How many items a theme holds."""
        counted = select(func.count()).select_from(basket_item).where(basket_item.c.theme == theme, _IN)
        with reading(self._engine) as connection:
            return int(connection.execute(counted).scalar_one())

    def note(self, item_id: int, note: str, account: str, known: str | None = None) -> BasketItem:
        """Write a note; with `known`, a UserError when somebody wrote another one since that was read."""
        kept = checked_text("note", note, longest=_LONGEST_NOTE, empty=True)
        with writing(self._engine) as connection:
            row = held_row(connection, item_id)
            if known is not None and row.note != known:
                raise UserError(
                    f"The note of passage {item_id} was changed meanwhile and says now: {row.note}"
                    " Join both and keep it again."
                )
            return self._change(connection, row, account, "note-passage", {"note": kept})

    def tag(self, item_id: int, tags: Iterable[str], account: str) -> BasketItem:
        """Give the item these tags in place of those it has."""
        kept = checked_tags(tags)
        with writing(self._engine) as connection:
            row = held_row(connection, item_id)
            return self._change(connection, row, account, "tag-passage", {"tags": as_json(kept)})

    def move(self, item_id: int, theme: str, account: str) -> BasketItem:
        """Put the item at the end of another theme; when that has its words already, the two are folded."""
        kept = checked_theme(theme)
        with writing(self._engine) as connection:
            row = held_row(connection, item_id)
            if row.theme == kept:
                raise UserError(f"Passage {item_id} is in that theme already.")
            there = connection.execute(
                select(basket_item).where(
                    basket_item.c.theme == kept, basket_item.c.pinned_document == row.pinned_document, _IN
                )
            ).all()
            if same_place(there, passage_of_row(row)) is not None:
                raise UserError("That theme has these words already; remove one of the two.")
            changed = {"theme": kept, "place": _end(connection, kept)}
            return self._change(connection, row, account, "move-passage", changed, theme=kept)

    def order(self, theme: str, item_ids: Sequence[int], account: str) -> None:
        """Set the items of a theme in this order; those that are not named follow as they stood."""
        with writing(self._engine) as connection:
            found = select(basket_item.c.item_id).where(basket_item.c.theme == theme, _IN)
            now = list(
                connection.execute(found.order_by(basket_item.c.place, basket_item.c.item_id)).scalars()
            )
            strange = [one for one in item_ids if one not in now]
            if strange:
                raise UserError(f"Passage {strange[0]} is not in that theme; nothing was set in order.")
            for place, item_id in enumerate(dict.fromkeys((*item_ids, *now)), start=1):
                _set(connection, item_id, {"place": place})
            note_event(connection, self._now(), account, "order-passages", theme or "-", {"items": len(now)})

    def remove(self, item_id: int, account: str) -> BasketItem:
        """Take an item out; drafts that refer to it still find it, and `restore` puts it back."""
        with writing(self._engine) as connection:
            row = held_row(connection, item_id)
            gone = {"removed_at": self._now(), "removed_by": account}
            return self._change(connection, row, account, "remove-passage", gone)

    def restore(self, item_id: int, account: str) -> BasketItem:
        """Put a removed item back at its place; refused when the theme has the words again."""
        with writing(self._engine) as connection:
            row = held_row(connection, item_id, removed=True)
            there = connection.execute(
                select(basket_item).where(
                    basket_item.c.theme == row.theme,
                    basket_item.c.pinned_document == row.pinned_document, _IN,
                )
            ).all()  # fmt: skip
            if same_place(there, passage_of_row(row)) is not None:
                raise UserError("The theme has these words again; nothing was put back.")
            back = {"removed_at": None, "removed_by": None}
            return self._change(connection, row, account, "restore-passage", back)

    def choose(self, account: str, theme: str) -> None:
        """Collect for this theme until another is chosen; not audited, as it changes nothing for others."""
        row = {"account": account, "theme": checked_theme(theme), "at": self._now()}
        newer = {"theme": row["theme"], "at": row["at"]}
        with writing(self._engine) as connection:
            statement = upsert(basket_choice).values(row)
            connection.execute(statement.on_conflict_do_update(["account"], set_=newer))

    def chosen(self, account: str) -> str:
        """The theme for which the account collects; '' at first."""
        asked = select(basket_choice.c.theme).where(basket_choice.c.account == account)
        with reading(self._engine) as connection:
            return str(connection.execute(asked).scalar() or "")

    def _fold(
        self, connection: Connection, old: Any, passage: Passage, note: str, tags: tuple[str, ...],
        account: str,
    ) -> BasketItem:  # fmt: skip
        item = item_of(old)
        changed: dict[str, Any] = {
            "note": joined_notes(item.note, note)[:_LONGEST_NOTE],
            "tags": as_json(joined_tags(item.tags, tags)),
        }
        if wider(old, passage):
            changed |= {**columns_of(passage), "stands": "", "text_hash": None}
            log_pin(
                connection, old.item_id, self._now(), None, "widened", packed(item.passage), packed(passage)
            )
        return self._change(connection, old, account, "keep-passage", changed, folded=True)

    def _change(
        self, connection: Connection, row: Any, account: str, action: str, values: Mapping[str, Any],
        **told: Any,
    ) -> BasketItem:  # fmt: skip
        _set(connection, row.item_id, values)
        self._note(connection, account, action, row.pinned_document, row.item_id, **told)
        return item_of(
            connection.execute(select(basket_item).where(basket_item.c.item_id == row.item_id)).one()
        )

    def _note(
        self, connection: Connection, account: str, action: str, document_id: str, item_id: int, **told: Any
    ) -> None:
        # The subject is the document, so that a purge finds what was done to its passages.
        note_event(connection, self._now(), account, action, document_id, {"item_id": item_id, **told})

    def _of(self, theme: str, document_id: str) -> Sequence[Any]:
        wanted = select(basket_item).where(
            basket_item.c.theme == theme, basket_item.c.pinned_document == document_id, _IN
        )
        with reading(self._engine) as connection:
            return connection.execute(wanted).all()

    def _now(self) -> float:
        return self._clock.now().timestamp()


def checked_theme(theme: str) -> str:
    """A theme's name in one line; '' means none."""
    kept = checked_text("theme", theme, longest=_LONGEST_THEME, empty=True)
    if "\n" in kept or "\t" in kept:
        raise UserError("The name of a theme is one line without tabulators.")
    if kept == "-":  # so addresses call the theme without a name
        raise UserError("A theme cannot be called '-'.")
    return kept


def _set(connection: Connection, item_id: int, values: Mapping[str, Any]) -> None:
    connection.execute(update(basket_item).where(basket_item.c.item_id == item_id).values(**values))


def _end(connection: Connection, theme: str) -> int:
    last = select(func.max(basket_item.c.place)).where(basket_item.c.theme == theme)
    return int(connection.execute(last).scalar() or 0) + 1
