"""The desk of a home: visits, corrections with overlay and undo, judgements of mined facts, jobs, audit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from types import TracebackType
from typing import Any, Literal

from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.accessions import Accessions
from warehouse.desk.accounts.sessions import Sessions
from warehouse.desk.accounts.store import LOCAL, Accounts
from warehouse.desk.answers import AlarmAnswers
from warehouse.desk.audit import note_event
from warehouse.desk.basket import Basket
from warehouse.desk.board import BoardJudgements
from warehouse.desk.bulk.edits import BulkEdits
from warehouse.desk.bulk.reviews import Reviews
from warehouse.desk.bulk.second import SecondJudgements
from warehouse.desk.corrections import (
    batches,
    effective,
    holding,
    instant,
    logs_of,
    one_correction,
    read_correction,
)
from warehouse.desk.demand import Demand
from warehouse.desk.drafts.drafts import Drafts
from warehouse.desk.engine import open_engine
from warehouse.desk.follows import Follows
from warehouse.desk.issues.issues import Issues
from warehouse.desk.jobs import Jobs
from warehouse.desk.looks import Looks
from warehouse.desk.news import SearchNews
from warehouse.desk.number_marks import NumberMarks
from warehouse.desk.people import Account, AuditEvent, Visit
from warehouse.desk.routing import Routing
from warehouse.desk.sealed import Sealer
from warehouse.desk.searches import SavedSearches
from warehouse.desk.service.requests import Requests
from warehouse.desk.shelves.shelves import Shelves
from warehouse.desk.shown import ShownLog
from warehouse.desk.sittings import Sittings
from warehouse.desk.values import checked, checked_text, is_text, overlaid
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.records import Correction
from warehouse.sqlite_file import reading, writing

__all__ = ("LOCAL", "Desk")
Verdict = Literal["confirmed", "rejected"]


class Desk:
    """Open it once a process; every method is its own transaction and may be called from any thread.

    Each change is written together with its audit event. Visits are not audited: only the latest is kept,
    so that the desk is no diary of what anybody reads.
    """

    def __init__(self, engine: Engine, clock: Clock, sealer: Sealer | None = None) -> None:
        self._engine = engine
        self._clock = clock
        self.accounts = Accounts(engine, clock)
        self.sessions = Sessions(engine, sealer=sealer)
        self.alarm_answers = AlarmAnswers(engine, clock)
        self.queue = Jobs(engine, clock)
        self.sittings = Sittings(engine, clock)
        self.routing = Routing(engine, clock)
        self.number_marks = NumberMarks(engine, clock)
        self.board = BoardJudgements(engine, clock)
        self.searches = SavedSearches(engine, clock)
        self.news = SearchNews(engine, clock)
        self.demand = Demand(engine, clock)
        self.shown = ShownLog(engine)
        self.looks = Looks(engine)
        self.follows = Follows(engine, clock)
        self.drafts = Drafts(engine, clock)
        self.basket = Basket(engine, clock)
        self.issues = Issues(engine, clock, sealer)
        self.shelves = Shelves(engine, clock)
        self.requests = Requests(engine, clock, sealer)
        self.bulk = BulkEdits(engine, clock)
        self.reviews = Reviews(engine, clock)
        self.second = SecondJudgements(engine, clock)
        self.accessions = Accessions(engine, clock)

    @classmethod
    def open(cls, home: Home) -> Desk:
        """The desk of `home`, made or migrated when needed."""
        desk = cls(open_engine(home.desk_file), home.clock, Sealer(home))
        desk._ensure_local_account()
        return desk

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # people

    def current_user(self) -> Account:
        """Who works at this machine: the account `local` of command line and single-user mode.

        A page asks `Frame.user` instead, a route `dashboard/accounts/asking.py`.
        """
        return self.accounts.one(LOCAL)

    def record_visit(self, account: str, page: str, key: str, publication_id: str, at: datetime) -> None:
        """Remember the latest visit of a page; an earlier instant than the one kept changes nothing."""
        row = {
            "account": account,
            "page": page,
            "key": key,
            "publication_id": publication_id,
            "at": at.timestamp(),
        }
        statement = upsert(tables.visit).values(row)
        newer = statement.on_conflict_do_update(
            index_elements=["account", "page", "key"],
            set_={"publication_id": publication_id, "at": row["at"]},
            where=tables.visit.c.at <= statement.excluded.at,
        )
        with writing(self._engine) as connection:
            connection.execute(newer)

    def last_visit(self, account: str, page: str, key: str) -> Visit | None:
        """The latest visit of a page, None when it was never opened."""
        seen = tables.visit
        wanted = select(seen).where(seen.c.account == account, seen.c.page == page, seen.c.key == key)
        with reading(self._engine) as connection:
            row = connection.execute(wanted).first()
        return Visit(row.account, row.page, row.key, row.publication_id, instant(row.at)) if row else None

    # corrections

    def correct(
        self, document_id: str, field: str, value: Any, previous: Any, note: str, account: str
    ) -> Correction:
        """Replace one value of a document; the newest correction of a field holds until it is undone."""
        kept = checked(field, value)
        if previous == kept:
            raise UserError(f"{field}: the document already says this; nothing was corrected.")
        return self._keep("correct", document_id, field, kept, previous, note, account)

    def confirm(self, document_id: str, field: str, value: Any, note: str, account: str) -> Correction:
        """Keep the class that a document has as a person's word, so that no labelling changes it again."""
        kept = checked(field, value)
        return self._keep("confirm", document_id, field, kept, kept, note, account)

    def _keep(
        self, action: str, document_id: str, field: str, kept: Any, previous: Any, note: str, account: str
    ) -> Correction:
        row = {
            "document_id": checked_text("document", document_id),
            "field": field,
            "value": _json(kept),
            "previous": _json(previous),
            "note": checked_text("note", note, longest=2000, empty=True),
            "account": account,
            "created_at": self._now(),
        }
        with writing(self._engine) as connection:
            made = connection.execute(insert(tables.correction).values(row)).inserted_primary_key
            correction_id = int(made[0]) if made else 0
            detail = {"correction_id": correction_id, "field": field, **_told(field, kept, previous)}
            self._audit(connection, action, account, document_id, detail)
            return one_correction(connection, correction_id)

    def undo(self, correction_id: int, account: str) -> Correction:
        """Take a correction back; the one before it, if it still holds, shows again."""
        log = tables.correction
        with writing(self._engine) as connection:
            before = one_correction(connection, correction_id)
            if before.undone_at is not None:
                raise UserError(f"Correction {correction_id} was already undone by {before.undone_by}.")
            undone = update(log).where(log.c.correction_id == correction_id)
            connection.execute(undone.values(undone_at=self._now(), undone_by=account))
            detail = {"correction_id": correction_id, "field": before.field}
            self._audit(connection, "undo", account, before.document_id, detail)
            return one_correction(connection, correction_id)

    def corrections(
        self, document_id: str | None = None, active: bool = True, field: str | None = None
    ) -> list[Correction]:
        """Corrections in the order made: those that hold (one a document and field), or the whole log."""
        wanted = select(tables.correction).order_by(tables.correction.c.correction_id)
        if document_id is not None:
            wanted = wanted.where(tables.correction.c.document_id == document_id)
        if field is not None:
            wanted = wanted.where(tables.correction.c.field == field)
        with reading(self._engine) as connection:
            found = [read_correction(row) for row in connection.execute(wanted)]
        return holding(found) if active else found

    def overlay(
        self, rows: Iterable[dict[str, Any]], published_at: datetime | None = None
    ) -> list[dict[str, Any]]:
        """Copies of document rows with corrected values in place, and the key `corrected` naming the fields.

        Rows are known by `document_id`. With `published_at` a correction that was baked into the publication
        and undone since shows the value before it.
        """
        copies = [dict(row) for row in rows]
        with reading(self._engine) as connection:
            logs = logs_of(connection, (str(row["document_id"]) for row in copies))
        return [
            overlaid(row, effective(logs.get(str(row["document_id"]), ()), published_at)) for row in copies
        ]

    # judgements

    def judge(self, document_id: str, fact_id: str, verdict: Verdict | None, account: str) -> None:
        """Confirm or reject a mined fact; None takes the judgement back."""
        if verdict not in ("confirmed", "rejected", None):
            raise UserError(f"Verdict '{verdict}' is unknown; confirm, reject or take it back.")
        row = {
            "document_id": document_id,
            "fact_id": fact_id,
            "verdict": verdict,
            "account": account,
            "at": self._now(),
        }
        kept = tables.judgement
        with writing(self._engine) as connection:
            if verdict is None:
                gone = kept.delete().where(kept.c.document_id == document_id, kept.c.fact_id == fact_id)
                connection.execute(gone)
            else:
                latest = {name: row[name] for name in ("verdict", "account", "at")}
                statement = upsert(kept).values(row)
                connection.execute(statement.on_conflict_do_update(["document_id", "fact_id"], set_=latest))
            self._audit(connection, "judge", account, document_id, {"fact_id": fact_id, "verdict": verdict})

    def judgements(self, document_ids: Iterable[str]) -> dict[tuple[str, str], str]:
        """Verdicts of these documents by (document_id, fact_id)."""
        kept = tables.judgement
        found: dict[tuple[str, str], str] = {}
        with reading(self._engine) as connection:
            for some in batches(sorted(set(document_ids))):
                rows = connection.execute(select(kept).where(kept.c.document_id.in_(some)))
                found.update({(row.document_id, row.fact_id): row.verdict for row in rows})
        return found

    # audit

    def audit(self, action: str, account: str, subject: str, detail: dict[str, Any]) -> None:
        """Add an event of another room to the log: an export, a backup, a purge."""
        with writing(self._engine) as connection:
            self._audit(connection, action, account, subject, detail)

    def audit_events(
        self, subject: str | None = None, limit: int = 200, account: str | None = None,
        action: str | None = None,
    ) -> list[AuditEvent]:  # fmt: skip
        """The latest events, newest first: all, or those of a subject, an account, an action."""
        log = tables.audit_event
        wanted = select(log).order_by(log.c.event_id.desc()).limit(limit)
        for column, asked in ((log.c.subject, subject), (log.c.account, account), (log.c.action, action)):
            wanted = wanted if asked is None else wanted.where(column == asked)
        with reading(self._engine) as connection:
            return [
                AuditEvent(
                    row.event_id,
                    instant(row.at),
                    row.account,
                    row.action,
                    row.subject,
                    json.loads(row.detail),
                )
                for row in connection.execute(wanted)
            ]

    # inside

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _ensure_local_account(self) -> None:
        with reading(self._engine) as connection:
            known = connection.execute(select(func.count()).select_from(tables.account)).scalar_one()
        if known:
            return
        row = {"name": LOCAL, "role": "administrator", "created_at": self._now()}
        with writing(self._engine) as connection:
            made = connection.execute(upsert(tables.account).values(row).on_conflict_do_nothing())
            if made.rowcount:
                self._audit(connection, "add-account", LOCAL, LOCAL, {"role": "administrator"})

    def _audit(
        self, connection: Connection, action: str, account: str, subject: str, detail: dict[str, Any]
    ) -> None:
        note_event(connection, self._now(), account, action, subject, detail)


def _told(field: str, value: Any, previous: Any) -> dict[str, Any]:
    """What the audit log says of a correction; of a file's text no more than its size."""
    return {"characters": len(value)} if is_text(field) else {"value": value, "previous": previous}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
