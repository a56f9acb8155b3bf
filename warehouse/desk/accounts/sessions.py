"""Open sessions and mistyped passwords; both outlive a restart of the server."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, func, insert, select, update

from warehouse.clock import Clock, SystemClock
from warehouse.desk import tables
from warehouse.desk.corrections import instant
from warehouse.desk.people import Account
from warehouse.desk.sealed import Sealer
from warehouse.sqlite_file import reading, writing

MOST_FAILURES = 5  # within WINDOW; DASHBOARD.md statement 14: the sixth is refused, right or wrong
MOST_AT_ADDRESS = 25  # a library's readers may share one address
WINDOW = 300.0  # seconds
_SEEN_EVERY = 60.0  # seconds: no write for each page


@dataclass(frozen=True, slots=True)
class Session:
    """An open session: whose it is, and the secret its forms' tokens are made with."""

    account: Account
    secret: str
    since: datetime
    until: datetime


class Sessions:
    """The sessions of a desk. Time is the machine's: a sample's standing clock would never end one."""

    def __init__(self, engine: Engine, clock: Clock | None = None, sealer: Sealer | None = None) -> None:
        self._engine = engine
        self._sealer = sealer
        self._clock = clock or SystemClock()

    def begin(self, account: str, hours: float) -> str:
        """Open a session; the answer is the token for the browser, of which only a hash is kept."""
        token, now = secrets.token_urlsafe(32), self._now()
        row = {
            "token": marked(token), "account": account, "secret": secrets.token_urlsafe(32),
            "created_at": now, "seen_at": now, "until": now + hours * 3600,
        }  # fmt: skip
        with writing(self._engine) as connection:
            gone = tables.session.c.until < now
            connection.execute(delete(tables.session).where(gone))
            connection.execute(insert(tables.session).values(row))
        return token

    def find(self, token: str, idle_hours: float) -> Session | None:
        """The session of a token; None when unknown, over, unused for too long or its account closed."""
        held, whose, now = tables.session, tables.account, self._now()
        who = (whose.c.role, whose.c.shown, whose.c.state, whose.c.must_change)
        wanted = select(held, *who, whose.c.created_at.label("made_at"))
        wanted = wanted.join(whose, whose.c.name == held.c.account)
        with reading(self._engine) as connection:
            row = connection.execute(wanted.where(held.c.token == marked(token))).first()
        if row is None or row.until < now or row.seen_at + idle_hours * 3600 < now or row.state != "active":
            return None
        if row.seen_at + _SEEN_EVERY < now:
            with writing(self._engine) as connection:
                seen = update(held).where(held.c.token == row.token).values(seen_at=now)
                connection.execute(seen)
        must_change = bool(row.must_change)
        account = Account(row.account, row.role, instant(row.made_at), row.shown, row.state, must_change)
        return Session(account, row.secret, instant(row.created_at), instant(row.until))

    def end(self, token: str) -> None:
        """Close one session."""
        with writing(self._engine) as connection:
            connection.execute(delete(tables.session).where(tables.session.c.token == marked(token)))

    def end_all(self, account: str) -> int:
        """Close every session of an account; how many there were."""
        with writing(self._engine) as connection:
            return connection.execute(
                delete(tables.session).where(tables.session.c.account == account)
            ).rowcount

    def open_counts(self) -> dict[str, int]:
        """How many sessions each account has open."""
        held, now = tables.session, self._now()
        wanted = select(held.c.account, func.count()).where(held.c.until >= now).group_by(held.c.account)
        with reading(self._engine) as connection:
            return {row[0]: int(row[1]) for row in connection.execute(wanted)}

    # what was mistyped

    def may_try(self, account: str, address: str) -> bool:
        """Whether one more password may be looked at for this account from this address.

        The try is counted as failed before it is looked at, so that guesses made at once get no further than
        guesses made in turn; the right password forgives it. The name is kept as a mark made with the home's
        key, since some type a password there.
        """
        failed, now = tables.failed_sign_in, self._now()
        count = select(func.count()).select_from(failed).where(failed.c.at > now - WINDOW)
        with writing(self._engine) as connection:
            connection.execute(delete(failed).where(failed.c.at < now - WINDOW))
            named = connection.execute(count.where(failed.c.account == self._typed(account))).scalar_one()
            there = connection.execute(count.where(failed.c.address == address)).scalar_one()
            if int(named) >= MOST_FAILURES or int(there) >= MOST_AT_ADDRESS:
                return False
            row = {"account": self._typed(account), "address": address, "at": now}
            connection.execute(insert(failed).values(row))
        return True

    def forgive(self, account: str) -> None:
        """Forget the wrong passwords of an account, after a right one."""
        failed = tables.failed_sign_in
        with writing(self._engine) as connection:
            connection.execute(delete(failed).where(failed.c.account == self._typed(account)))

    def _typed(self, account: str) -> str:
        return self._sealer.mark(account) if self._sealer else marked(account)

    def _now(self) -> float:
        return self._clock.now().timestamp()


def marked(text: str) -> str:
    """The SHA-256 of a token, as the desk keeps it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
