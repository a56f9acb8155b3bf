"""What a reader follows: documents, themes and bodies, by her own choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Engine, Float, String, Table, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from warehouse.clock import Clock
from warehouse.desk.corrections import instant
from warehouse.desk.tables import metadata
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

FOLLOWED = ("document", "theme", "body")
MOST = 500  # of one reader: each is asked for when the page opens

# The column of a document's name is called so in every table of the desk: `purge` finds it by that.
follow_table = Table(
    "follow",
    metadata,
    Column("account", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("document_id", String, primary_key=True),
    Column("at", Float, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Follow:
    """One thing that a reader follows."""

    kind: str  # document | theme | body
    key: str  # document_id, theme_id or authority code
    at: datetime


class Follows:
    """Each reader's list; not audited, as it tells what she reads and changes nothing for others."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def of(self, account: str) -> list[Follow]:
        """What the reader follows, in the order in which she began."""
        kept = follow_table
        wanted = select(kept).where(kept.c.account == account).order_by(kept.c.at, kept.c.document_id)
        with reading(self._engine) as connection:
            return [Follow(row.kind, row.document_id, instant(row.at)) for row in connection.execute(wanted)]

    def follow(self, account: str, kind: str, key: str) -> None:
        """Begin to follow; once is enough. A UserError for another kind or one too many."""
        if kind not in FOLLOWED:
            raise UserError(f"'{kind}' cannot be followed; documents, themes and bodies can.")
        if len(self.of(account)) >= MOST:
            raise UserError(f"{MOST} things are followed already; leave one first.")
        row = {
            "account": account,
            "kind": kind,
            "document_id": checked_text("key", key),
            "at": self._clock.now().timestamp(),
        }
        with writing(self._engine) as connection:
            connection.execute(upsert(follow_table).values(row).on_conflict_do_nothing())

    def leave(self, account: str, kind: str, key: str) -> None:
        """Follow no longer; what was not followed stays so."""
        kept = follow_table.c
        gone = delete(follow_table).where(kept.account == account, kept.kind == kind, kept.document_id == key)
        with writing(self._engine) as connection:
            connection.execute(gone)
