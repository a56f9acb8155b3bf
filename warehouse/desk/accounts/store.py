"""The accounts of a desk: made, changed, closed and erased by administrators."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.accounts.erasing import erase_name, rows_naming
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.people import Account
from warehouse.desk.roles import ROLES
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

LOCAL = "local"
_NAME = re.compile(r"[a-z0-9一-鿿][a-z0-9一-鿿._-]{0,39}")
_FORMER = re.compile(r"former-\d+")


class Accounts:
    """Accounts by name. Every method is one transaction; `by` is the account that acts."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def every(self, erased: bool = False) -> list[Account]:
        """All accounts by name, those erased only when asked for."""
        held = tables.account
        wanted = select(held).order_by(held.c.name)
        with reading(self._engine) as connection:
            found = [account_of_row(row) for row in connection.execute(wanted)]
        return [one for one in found if erased or one.state != "erased"]

    def one(self, name: str) -> Account:
        """The account; UserError when there is none of that name."""
        return account_of_row(self._row(name))

    def shown_name(self, name: str) -> str:
        """The name that others see; the account's own where there is none."""
        held = tables.account
        with reading(self._engine) as connection:
            shown = connection.execute(select(held.c.shown).where(held.c.name == name)).scalar()
        return str(shown or name)

    def password_of(self, name: str) -> str | None:
        """The hash a password is looked at with; None for no account, a closed one, one without password."""
        held = tables.account
        with reading(self._engine) as connection:
            row = connection.execute(select(held).where(held.c.name == name)).first()
        return row.password if row is not None and row.state == "active" and row.password else None

    def sealed_mail(self, name: str) -> str:
        """The sealed mail address, "" for none."""
        return str(self._row(name).mail)

    def add(self, name: str, role: str, by: str, *, shown: str = "", password: str = "", mail: str = "",
            identity: str = "", must_change: bool = True) -> Account:  # fmt: skip
        """A new account. `password` is a hash, `mail` sealed; UserError when the name is taken or unfit."""
        row = {
            "name": checked_name(name), "role": checked_role(role), "created_at": self._now(),
            "shown": checked_text("name shown", shown, longest=80, empty=True), "state": "active",
            "password": password, "must_change": int(must_change and bool(password)), "mail": mail,
            "identity": identity,
        }  # fmt: skip
        held = tables.account
        with writing(self._engine) as connection:
            if connection.execute(select(held.c.name).where(held.c.name == row["name"])).first():
                raise UserError(f"There is an account '{row['name']}' already; choose another name.")
            _refuse_taken(connection, identity)
            note_event(connection, self._now(), by, "add-account", str(row["name"]), {"role": role})
            connection.execute(insert(held).values(row))
        return self.one(str(row["name"]))

    def set_role(self, name: str, role: str, by: str) -> Account:
        """Give another role; the last administrator keeps hers."""
        return self._change(name, by, "change-role", {"role": checked_role(role)}, {"role": role})

    def set_password(self, name: str, password: str, by: str, *, must_change: bool) -> Account:
        """Keep the hash of a new password; every session of the account ends."""
        action = "change-password" if by == name else "reset-password"
        values = {"password": password, "must_change": int(must_change)}
        return self._change(name, by, action, values, {}, ends_sessions=True)

    def link(self, name: str, identity: str, by: str) -> Account:
        """Let whom an OIDC provider knows as `issuer|subject` in as this account; "" ends that."""
        with reading(self._engine) as connection:
            _refuse_taken(connection, identity)
        return self._change(name, by, "link-identity", {"identity": identity}, {}, ends_sessions=True)

    def known_as(self, identity: str) -> Account | None:
        """The active account of a provider's identity."""
        row = self._linked(identity)
        return account_of_row(row) if row is not None and row.state == "active" else None

    def is_linked(self, identity: str) -> bool:
        """Whether an account, also a closed one, belongs to the identity."""
        return self._linked(identity) is not None

    def _linked(self, identity: str) -> Any:
        held = tables.account
        with reading(self._engine) as connection:
            return (
                connection.execute(select(held).where(held.c.identity == identity)).first()
                if identity
                else None
            )

    def set_state(self, name: str, state: str, by: str) -> Account:
        """Close an account ("disabled") or open it again ("active")."""
        if state not in ("active", "disabled"):
            raise UserError(f"An account is made active or disabled, not '{state}'.")
        action = "enable-account" if state == "active" else "disable-account"
        return self._change(name, by, action, {"state": state}, {}, ends_sessions=state == "disabled")

    def rows_about(self, name: str) -> dict[str, list[dict[str, Any]]]:
        """Every row of the desk that names the account, by table: what a person may ask to see."""
        with reading(self._engine) as connection:
            return rows_naming(connection, name)

    def erase(self, name: str, by: str) -> str:
        """Take a person out of the desk: the stand-in that her records carry from now on is the answer."""
        with writing(self._engine) as connection:
            self._keep_one_administrator(connection, name)
            former = _former(connection)
            note_event(connection, self._now(), by, "erase-account", former, {})
            erase_name(connection, name, former)
        return former

    # inside

    def _change(self, name: str, by: str, action: str, values: dict[str, Any], told: dict[str, Any],
                ends_sessions: bool = False) -> Account:  # fmt: skip
        row, held = self._row(name), tables.account
        if row.state == "erased" or name == LOCAL:
            raise UserError(f"The account '{name}' cannot be changed.")
        with writing(self._engine) as connection:
            if values.get("role", "administrator") != "administrator" or values.get("state") == "disabled":
                self._keep_one_administrator(connection, name)
            connection.execute(update(held).where(held.c.name == name).values(values))
            note_event(connection, self._now(), by, action, name, told)
            if ends_sessions:
                gone = tables.session.delete().where(tables.session.c.account == name)
                connection.execute(gone)
        return self.one(name)

    def _keep_one_administrator(self, connection: Connection, name: str) -> None:
        held = tables.account
        others = select(func.count()).select_from(held).where(
            held.c.role == "administrator", held.c.state == "active", held.c.name.not_in([name, LOCAL])
        )  # fmt: skip
        is_one = select(held.c.role).where(held.c.name == name, held.c.state == "active")
        if connection.execute(is_one).scalar() == "administrator" and not connection.execute(others).scalar():
            raise UserError(f"{name} is the only administrator; make another one first.")

    def _row(self, name: str) -> Any:
        held = tables.account
        with reading(self._engine) as connection:
            row = connection.execute(select(held).where(held.c.name == name)).first()
        if row is None:
            raise UserError(f"There is no account '{name}'; 'govbrief user list' names them.")
        return row

    def _now(self) -> float:
        return self._clock.now().timestamp()


def account_of_row(row: Any) -> Account:
    """The account as others see it, without its password and address."""
    return Account(row.name, row.role, instant(row.created_at), row.shown, row.state, bool(row.must_change))


def checked_name(name: str) -> str:
    """A fit name in lower case: 1 to 40 letters, digits or Chinese characters, dots and hyphens inside."""
    kept = name.strip().casefold()
    if not _NAME.fullmatch(kept) or _FORMER.fullmatch(kept):
        raise UserError(
            f"Account name '{name[:60]}' does not fit; take 1 to 40 letters, digits or Chinese characters."
        )
    return kept


def checked_role(role: str) -> str:
    """A role there is."""
    if role not in ROLES:
        raise UserError(f"There is no role '{role}'; there are {', '.join(ROLES)}.")
    return role


def _refuse_taken(connection: Connection, identity: str) -> None:
    held = tables.account
    taken = connection.execute(select(held.c.name).where(held.c.identity == identity)).scalar()
    if identity and taken:
        raise UserError(f"That identity belongs to the account '{taken}' already.")


def _former(connection: Connection) -> str:
    names = connection.execute(select(tables.account.c.name)).scalars()
    numbers = [int(name[7:]) for name in names if _FORMER.fullmatch(name)]
    return f"former-{max(numbers, default=0) + 1}"
