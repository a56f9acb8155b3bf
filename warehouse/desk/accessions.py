"""The accession register: files and addresses handed to the librarian, and what became of them."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Engine, Float, Integer, String, Table, Text, func, insert, select, update

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.files import write_bytes_whole
from warehouse.home import Home
from warehouse.identity import sha256
from warehouse.sqlite_file import reading, writing

JOB = "accession"
MOST_WAITING = 100
LARGEST_FILE = 50_000_000  # bytes; as much as a reader takes, see crawlers/extraction/limits.py

accession_table = Table(
    "accession",
    tables.metadata,
    Column("accession_id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False, default=""),
    Column("source_id", String, nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
    Column("stored", String, nullable=False, default=""),
    Column("size", Integer, nullable=False, default=0),
    Column("sha256", String, nullable=False, default=""),
    Column("account", String, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("state", String, nullable=False, default="waiting"),
    Column("document_id", String, nullable=False, default=""),
    Column("outcome", Text, nullable=False, default=""),
    Column("told", Text, nullable=False, default=""),
    Column("published", Integer, nullable=False, default=0),
    Column("settled_at", Float),
)


@dataclass(frozen=True, slots=True)
class Accession:
    """One thing handed in."""

    accession_id: int
    kind: str  # file | address
    name: str  # the file's own name, or the address
    url: str  # where a file came from; "" when nobody said
    source_id: str
    note: str
    stored: str
    size: int  # bytes
    account: str
    created_at: datetime
    state: str  # waiting | taken | refused
    document_id: str
    outcome: str  # new | changed | unchanged, or why it was refused: secret, purged, robots-forbids …
    told: str  # the sentence that refuses


class Accessions:
    """The register; a file waits in the home's folder `incoming` until a worker has taken it in."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def hand_in_file(
        self,
        home: Home,
        name: str,
        body: bytes,
        account: str,
        *,
        url: str = "",
        source_id: str = "",
        note: str = "",
    ) -> Accession:
        """Keep the file until it is taken in, and ask a worker to; a UserError says what does not fit."""
        if not body:
            raise UserError("The file is empty.")
        if len(body) > LARGEST_FILE:
            raise UserError(f"A file may have {LARGEST_FILE // 1_000_000} MB at most.")
        self._refuse_a_crowd()
        home.incoming.mkdir(mode=0o700, exist_ok=True)
        stored = secrets.token_hex(16)
        file = home.incoming / stored
        write_bytes_whole(file, body, 0o600)
        row = {
            "kind": "file",
            "name": checked_text("file name", name, longest=200),
            "url": url,
            "stored": stored,
        }
        try:
            return self._enter(row, account, source_id, note, len(body), sha256(body))
        except BaseException:
            file.unlink(missing_ok=True)
            raise

    def hand_in_address(self, url: str, account: str, *, source_id: str = "", note: str = "") -> Accession:
        """Ask a worker to fetch one address."""
        self._refuse_a_crowd()
        return self._enter(
            {"kind": "address", "name": url, "url": url, "stored": ""}, account, source_id, note, 0, ""
        )

    def get(self, accession_id: int) -> Accession:
        """One entry; UserError when there is none."""
        with reading(self._engine) as connection:
            held = accession_table
            row = connection.execute(select(held).where(held.c.accession_id == accession_id)).first()
        if row is None:
            raise UserError(f"There is no accession {accession_id}.")
        return _read(row)

    def listed(self, limit: int = 200) -> list[Accession]:
        """The latest entries, newest first."""
        wanted = select(accession_table).order_by(accession_table.c.accession_id.desc()).limit(limit)
        with reading(self._engine) as connection:
            return [_read(row) for row in connection.execute(wanted)]

    def of_document(self, document_id: str) -> list[Accession]:
        """What was handed in and became this document, oldest first."""
        held = accession_table
        wanted = select(held).where(held.c.document_id == document_id).order_by(held.c.accession_id)
        with reading(self._engine) as connection:
            return [_read(row) for row in connection.execute(wanted)]

    def settle(self, home: Home, accession_id: int, document_id: str, outcome: str, told: str = "") -> None:
        """Note what became of it, and let the waiting file go; without a document it was refused."""
        stored = self.get(accession_id).stored
        state = "taken" if document_id else "refused"
        values = {"state": state, "document_id": document_id, "outcome": outcome, "stored": ""}
        values["told"] = told[:2000]
        with writing(self._engine) as connection:
            at = self._clock.now().timestamp()
            own = accession_table.c.accession_id == accession_id
            connection.execute(update(accession_table).where(own).values(**values, settled_at=at))
        if stored:
            (home.incoming / stored).unlink(missing_ok=True)

    def unpublished(self) -> list[int]:
        """What was taken in and changed something, for which no publication was made yet."""
        held = accession_table
        wanted = select(held.c.accession_id).where(
            held.c.state == "taken", held.c.outcome != "unchanged", held.c.published == 0
        )
        with reading(self._engine) as connection:
            return [int(number) for number in connection.scalars(wanted)]

    def note_published(self, numbers: list[int]) -> None:
        """A publication was made for these."""
        held = accession_table
        with writing(self._engine) as connection:
            connection.execute(update(held).where(held.c.accession_id.in_(numbers)).values(published=1))

    def waiting_files(self) -> set[str]:
        """The names of files in the folder that an entry still waits for."""
        held = accession_table
        with reading(self._engine) as connection:
            return set(connection.scalars(select(held.c.stored).where(held.c.stored != "")))

    def _refuse_a_crowd(self) -> None:
        held = accession_table
        with reading(self._engine) as connection:
            waiting = select(func.count()).select_from(held).where(held.c.state == "waiting")
            if int(connection.scalar(waiting) or 0) >= MOST_WAITING:
                raise UserError(f"{MOST_WAITING} papers wait to be taken in already; wait until they are.")

    def _enter(
        self, row: dict[str, Any], account: str, source_id: str, note: str, size: int, digest: str
    ) -> Accession:
        """Entry, job and audit event in one transaction."""
        at = self._clock.now().timestamp()
        note = checked_text("note", note, longest=500) if note.strip() else ""
        row |= {"source_id": source_id, "note": note, "size": size, "sha256": digest}
        with writing(self._engine) as connection:
            made = connection.execute(
                insert(accession_table).values(
                    **row,
                    account=account,
                    created_at=at,
                    state="waiting",
                    document_id="",
                    outcome="",
                    told="",
                    published=0,
                )
            ).inserted_primary_key
            number = int(made[0]) if made else 0
            job = {
                "kind": JOB, "arguments": json.dumps({"accession": number}), "account": account,
                "state": "queued", "created_at": at,
            }  # fmt: skip
            connection.execute(insert(tables.job).values(job))
            detail = {"kind": row["kind"], "sha256": digest}  # no name: it goes with a purge, the log stays
            note_event(connection, at, account, "hand-in", f"accession {number}", detail)
        return self.get(number)


def _read(row: Any) -> Accession:
    return Accession(
        row.accession_id, row.kind, row.name, row.url, row.source_id, row.note, row.stored, row.size,
        row.account, instant(row.created_at), row.state, row.document_id, row.outcome, row.told,
    )  # fmt: skip
