"""Saved searches: named, owned, shared or not, changed, removed and put back, each with its audit event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, String, cast, insert, or_, select, update

from warehouse.clock import Clock
from warehouse.desk import asked as forms
from warehouse.desk import tables
from warehouse.desk.asked import Asked
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

LONGEST_NAME = 80
_LARGEST = 2**63 - 1  # that SQLite holds; an address may name any number


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """One saved search; `search_id` never means another one, also after this one was removed."""

    search_id: int
    name: str
    note: str
    asked: Asked | None  # None: what is kept cannot be read, `wrong` says why
    wrong: str | None
    revision: int  # grows with every change of what is asked
    owner: str
    shared: bool
    created_at: datetime
    changed_at: datetime
    last_run_at: datetime | None
    publication_id: str | None  # the newest publication that it was run on
    removed_at: datetime | None = None


class SavedSearches:
    """The saved searches of a desk; a change is refused to anybody but the owner and administrators."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def save(
        self, name: str, wanted: Asked, account: str, *, note: str = "", shared: bool = False
    ) -> SavedSearch:
        """Keep a search under a name; a UserError when the owner has one of this name already."""
        now, kept = self._now(), _name(name)
        row = {
            "name": kept,
            "note": checked_text("note", note, longest=2000, empty=True),
            "asked": forms.write(wanted),
            "revision": 1,
            "owner": account,
            "shared": int(shared),
            "created_at": now,
            "changed_at": now,
        }
        with writing(self._engine) as connection:
            _refuse_double(connection, kept, account)
            made = connection.execute(insert(tables.saved_search).values(row)).inserted_primary_key
            search_id = int(made[0]) if made else 0
            self._audit(connection, "save-search", account, search_id, {"name": kept})
            return _saved(_row(connection, search_id))

    def rename(self, search_id: int, name: str, account: str) -> SavedSearch:
        """Give it another name; what it asks and what it found stay."""
        kept = _name(name)
        with writing(self._engine) as connection:
            before = self._own(connection, search_id, account)
            _refuse_double(connection, kept, before.owner, search_id)
            return self._change(connection, before, account, "rename-search", {"name": kept})

    def change(
        self,
        search_id: int,
        account: str,
        *,
        wanted: Asked | None = None,
        note: str | None = None,
        shared: bool | None = None,
    ) -> SavedSearch:
        """Change what it asks, its note or who sees it.

        What a changed search finds of what is published already is no news to its subscribers.
        """
        with writing(self._engine) as connection:
            before = self._own(connection, search_id, account)
            values: dict[str, Any] = {}
            if wanted is not None and forms.write(wanted) != before.asked:
                values |= {"asked": forms.write(wanted), "revision": before.revision + 1}
                values["publication_id"] = None
            if note is not None:
                values["note"] = checked_text("note", note, longest=2000, empty=True)
            if shared is not None:
                values["shared"] = int(shared)
            return self._change(connection, before, account, "change-search", values)

    def remove(self, search_id: int, account: str) -> SavedSearch:
        """Take it off the lists; `restore` puts it back as it was."""
        with writing(self._engine) as connection:
            before = self._own(connection, search_id, account)
            values = {"removed_at": self._now(), "removed_by": account}
            return self._change(connection, before, account, "remove-search", values)

    def restore(self, search_id: int, account: str) -> SavedSearch:
        """Put a removed search back; a UserError when its name was given to another one meanwhile."""
        with writing(self._engine) as connection:
            before = self._own(connection, search_id, account, removed=True)
            if before.removed_at is None:
                return _saved(before)
            _refuse_double(connection, before.name, before.owner, search_id)
            values = {"removed_at": None, "removed_by": None}
            return self._change(connection, before, account, "restore-search", values)

    def listed(self, account: str | None = None) -> list[SavedSearch]:
        """The searches that an account sees, its own and shared ones, by name; without an account all."""
        kept = tables.saved_search
        wanted = select(kept).where(kept.c.removed_at.is_(None)).order_by(kept.c.name, kept.c.search_id)
        if account is not None:
            wanted = wanted.where(or_(kept.c.owner == account, kept.c.shared == 1))
        with reading(self._engine) as connection:
            return [_saved(row) for row in connection.execute(wanted)]

    def get(self, search_id: int, account: str | None = None) -> SavedSearch:
        """One search, removed ones too; a UserError when there is none that this account may see."""
        with reading(self._engine) as connection:
            row = _row(connection, search_id)
        if account is not None and row.owner != account and not row.shared:
            raise _none(search_id)
        return _saved(row)

    def find(self, named: str, account: str) -> SavedSearch:
        """A search by number or by name, a number first; a UserError when there is none."""
        listed = self.listed(account)
        numbered = [one for one in listed if str(one.search_id) == named.strip()]
        matching = numbered or [one for one in listed if one.name == " ".join(named.split())]
        if matching:
            return next((one for one in matching if one.owner == account), matching[0])
        if named.isdecimal() and self.get(int(named), account).removed_at is not None:
            raise UserError(f"Saved search {named} was removed; its page puts it back.")
        raise UserError(f"There is no saved search named '{named}'; 'govbrief searches list' names them.")

    def _own(self, connection: Connection, search_id: int, account: str, removed: bool = False) -> Any:
        row = _row(connection, search_id)
        if row.removed_at is not None and not removed:
            raise UserError(f"Saved search {search_id} was removed; put it back first.")
        held = tables.account
        role = connection.execute(select(held.c.role).where(held.c.name == account)).scalar_one_or_none()
        if row.owner != account and role != "administrator":
            raise UserError(f"Saved search {search_id} is {row.owner}'s; save one of your own instead.")
        return row

    def _change(
        self, connection: Connection, before: Any, account: str, action: str, values: dict[str, Any]
    ) -> SavedSearch:
        if values:
            one = update(tables.saved_search).where(tables.saved_search.c.search_id == before.search_id)
            connection.execute(one.values(**values, changed_at=self._now()))
            told = {name: value for name, value in values.items() if name in ("name", "shared", "revision")}
            self._audit(connection, action, account, before.search_id, told)
        return _saved(_row(connection, before.search_id))

    def _audit(
        self, connection: Connection, action: str, account: str, search_id: int, detail: dict[str, Any]
    ) -> None:
        note_event(connection, self._now(), account, action, f"search {search_id}", detail)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _name(name: str) -> str:
    return " ".join(checked_text("name", name, longest=LONGEST_NAME).split())


def _refuse_double(connection: Connection, name: str, owner: str, but: int = 0) -> None:
    kept = tables.saved_search
    standing = select(kept.c.search_id).where(kept.c.removed_at.is_(None), kept.c.search_id != but)
    same = standing.where(kept.c.name == name, kept.c.owner == owner)
    found = connection.execute(same).scalar()
    if found is not None:
        raise UserError(f"name: saved search {found} is called '{name}' already; choose another name.")
    if name.isdecimal() and connection.execute(standing.where(_numbered(name))).scalar() is not None:
        raise UserError(f"name: '{name}' is the number of another saved search; choose another name.")


def _numbered(name: str) -> ColumnElement[bool]:
    return cast(tables.saved_search.c.search_id, String) == name


def _row(connection: Connection, search_id: int) -> Any:
    kept = tables.saved_search
    row = None
    if search_id <= _LARGEST:
        row = connection.execute(select(kept).where(kept.c.search_id == search_id)).first()
    if row is None:
        raise _none(search_id)
    return row


def _none(search_id: int) -> UserError:
    return UserError(f"There is no saved search {search_id}; 'govbrief searches list' names them.")


def _saved(row: Any) -> SavedSearch:
    wanted, wrong = None, None
    try:
        wanted = forms.read(row.asked)
    except UserError as error:
        wrong = str(error)
    return SavedSearch(
        search_id=row.search_id,
        name=row.name,
        note=row.note,
        asked=wanted,
        wrong=wrong,
        revision=row.revision,
        owner=row.owner,
        shared=bool(row.shared),
        created_at=instant(row.created_at),
        changed_at=instant(row.changed_at),
        last_run_at=_instant(row.last_run_at),
        publication_id=row.publication_id,
        removed_at=_instant(row.removed_at),
    )


def _instant(epoch: float | None) -> datetime | None:
    return None if epoch is None else instant(epoch)
