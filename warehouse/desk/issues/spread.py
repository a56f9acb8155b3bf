"""Who gets an issue, who got it when, and what they made of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, insert, select, update

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.issues.model import (
    CHANNELS,
    FEEDBACK,
    Delivery,
    Feedback,
    FeedbackKind,
    Recipient,
)
from warehouse.desk.issues.rows import day_of, one_issue
from warehouse.desk.issues.tables import delivery, feedback, recipient
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing


class Seal(Protocol):
    """What keeps an address from whoever only has the desk's file."""

    def seal(self, text: str) -> str:
        """The text sealed with the home's key."""
        ...

    def opened(self, sealed: str) -> str:
        """The text again."""
        ...


class Spread:
    """Recipients by series; deliveries and feedback by issue. What was wrong is taken out, not changed."""

    def __init__(self, engine: Engine, clock: Clock, seal: Seal | None = None) -> None:
        self._engine = engine
        self._clock = clock
        self._seal = seal

    # recipients

    def add_recipient(
        self, series: str, name: str, channel: str, account: str, address: str = ""
    ) -> Recipient:
        """Put somebody on the list of a series; a UserError when the name stands there."""
        given = checked_text("address", address, empty=True)
        at = self._clock.now().timestamp()
        listed = checked_text("series", series)
        row = {
            "series": listed, "name": checked_text("name", name),
            "channel": _channel(channel), "address": self._sealed(given) if given else "",
            "account": account, "created_at": at,
        }  # fmt: skip
        with writing(self._engine) as connection:
            held = select(recipient).where(
                recipient.c.series == listed, recipient.c.name == row["name"],
                recipient.c.removed_at.is_(None),
            )  # fmt: skip
            if connection.execute(held).first() is not None:
                raise UserError(f"'{row['name']}' is on the list of '{listed}' already.")
            connection.execute(insert(recipient).values(row))
            told = {"name": row["name"], "channel": channel}
            note_event(connection, at, account, "add-recipient", listed, told)
            return self._recipient(connection.execute(held).one())

    def remove_recipient(self, recipient_id: int, account: str) -> None:
        """Take somebody off the list; what was delivered stays told, the address is forgotten."""
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            row = _listed(connection, recipient_id)
            gone = update(recipient).where(recipient.c.recipient_id == recipient_id)
            connection.execute(gone.values(removed_at=at, removed_by=account, address=""))
            note_event(connection, at, account, "remove-recipient", row.series, {"name": row.name})

    def recipients(self, series: str | None = None) -> list[Recipient]:
        """Who stands on the lists now, by series and name."""
        wanted = select(recipient).where(recipient.c.removed_at.is_(None))
        if series is not None:
            wanted = wanted.where(recipient.c.series == series)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(recipient.c.series, recipient.c.recipient_id))
            return [self._recipient(row) for row in rows]

    # deliveries

    def deliver(
        self, issue_id: int, recipient_id: int, how: str, day: date, account: str, note: str = ""
    ) -> Delivery:
        """Note that a recipient of the series got an issue; once for each."""
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            held = one_issue(connection, issue_id)
            if held.state != "signed":
                raise UserError(f"Issue {issue_id} is '{held.state}' and is not handed out any more.")
            to = _listed(connection, recipient_id)
            if to.series != held.series:
                raise UserError(
                    f"'{to.name}' is on the list of '{to.series}', the issue is of '{held.series}'."
                )
            one = select(delivery).where(
                delivery.c.issue_id == issue_id, delivery.c.recipient_id == recipient_id
            )
            got = select(delivery).where(delivery.c.issue_id == issue_id, delivery.c.name == to.name)
            if connection.execute(got).first() is not None:  # also one who left the list and came back
                raise UserError(f"Issue {issue_id} was delivered to '{to.name}' already.")
            _refuse_day(day, held.approved_at, instant(at))
            row = {
                "issue_id": issue_id, "recipient_id": recipient_id, "name": to.name,
                "how": _channel(how or to.channel), "day": day.isoformat(),
                "note": checked_text("note", note, longest=2000, empty=True), "account": account, "at": at,
            }  # fmt: skip
            connection.execute(insert(delivery).values(row))
            note_event(connection, at, account, "deliver-report", f"issue {issue_id}", {"to": to.name})
            return _delivery(connection.execute(one).one())

    def deliveries(self, issue_id: int) -> list[Delivery]:
        """Who got an issue, in the order noted."""
        wanted = select(delivery).where(delivery.c.issue_id == issue_id).order_by(delivery.c.delivery_id)
        with reading(self._engine) as connection:
            return [_delivery(row) for row in connection.execute(wanted)]

    # feedback

    def add_feedback(
        self, issue_id: int, kind: FeedbackKind, by_whom: str, day: date, text: str, account: str,
        recipient_id: int | None = None, instructions: bool = False,
    ) -> Feedback:  # fmt: skip
        """Note what somebody made of an issue. Only somebody it was delivered to counts in the figures.

        A UserError for an instruction unless the home's settings allow to keep them (`instructions`).
        """
        if kind not in FEEDBACK:
            raise UserError(f"'{kind}' is no kind of feedback; choose one of {', '.join(FEEDBACK)}.")
        if kind == "instruction" and not instructions:
            raise UserError("Instructions are not kept here; [report] instructions = true allows it.")
        said = checked_text("text", text, longest=4000, empty=kind in ("read", "adopted"))
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            one_issue(connection, issue_id)
            if recipient_id is not None:
                by_whom = _got_it(connection, issue_id, recipient_id)
            row = {
                "issue_id": issue_id, "recipient_id": recipient_id, "kind": kind,
                "by_whom": checked_text("by", by_whom), "day": day.isoformat(), "account": account, "at": at,
                "text": self._sealed(said) if kind == "instruction" else said,
            }  # fmt: skip
            made = connection.execute(insert(feedback).values(row)).inserted_primary_key
            told = {"kind": kind, "by": row["by_whom"]}
            action = "note-instruction" if kind == "instruction" else "note-feedback"
            note_event(connection, at, account, action, f"issue {issue_id}", told)
            one = select(feedback).where(feedback.c.feedback_id == (made[0] if made else 0))
            return self._feedback(connection.execute(one).one())

    def remove_feedback(self, feedback_id: int, account: str) -> None:
        """Take out feedback that was noted wrongly."""
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            one = select(feedback).where(
                feedback.c.feedback_id == feedback_id, feedback.c.removed_at.is_(None)
            )
            row = connection.execute(one).first()
            if row is None:
                raise UserError(f"There is no feedback {feedback_id}.")
            gone = update(feedback).where(feedback.c.feedback_id == feedback_id)
            connection.execute(gone.values(removed_at=at, removed_by=account))
            told = {"feedback_id": feedback_id, "kind": row.kind}
            note_event(connection, at, account, "remove-feedback", f"issue {row.issue_id}", told)

    def feedback(self, issue_id: int, instructions: bool = False) -> list[Feedback]:
        """What was made of an issue, in the order noted; instructions only where they are asked for."""
        wanted = select(feedback).where(feedback.c.issue_id == issue_id, feedback.c.removed_at.is_(None))
        if not instructions:
            wanted = wanted.where(feedback.c.kind != "instruction")
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(feedback.c.feedback_id))
            return [self._feedback(row) for row in rows]

    # inside

    def _sealed(self, text: str) -> str:
        if self._seal is None:
            raise UserError(
                "The desk was opened without the home's key: nothing that must be sealed is kept."
            )
        return self._seal.seal(text)

    def _opened(self, sealed: str) -> str:
        return self._seal.opened(sealed) if self._seal is not None else ""

    def _recipient(self, row: Any) -> Recipient:
        address = self._opened(row.address) if row.address else ""
        return Recipient(
            row.recipient_id, row.series, row.name, row.channel, address, row.account, instant(row.created_at)
        )

    def _feedback(self, row: Any) -> Feedback:
        text = self._opened(row.text) if row.kind == "instruction" else row.text
        return Feedback(
            row.feedback_id, row.issue_id, row.kind, row.by_whom, day_of(row.day), text, row.account,
            instant(row.at), row.recipient_id,
        )  # fmt: skip


def _channel(name: str) -> str:
    if name not in CHANNELS:
        raise UserError(f"'{name}' is no way of delivery; choose one of {', '.join(CHANNELS)}.")
    return name


def _listed(connection: Connection, recipient_id: int) -> Any:
    wanted = select(recipient).where(
        recipient.c.recipient_id == recipient_id, recipient.c.removed_at.is_(None)
    )
    row = connection.execute(wanted).first()
    if row is None:
        raise UserError(f"Recipient {recipient_id} is on no list; 'govbrief report recipients' names them.")
    return row


def _got_it(connection: Connection, issue_id: int, recipient_id: int) -> str:
    wanted = select(delivery.c.name).where(
        delivery.c.issue_id == issue_id, delivery.c.recipient_id == recipient_id
    )
    name = connection.execute(wanted).scalar()
    if name is None:
        raise UserError(f"Issue {issue_id} was not delivered to recipient {recipient_id}; note that first.")
    return str(name)


def _delivery(row: Any) -> Delivery:
    return Delivery(
        row.delivery_id, row.issue_id, row.recipient_id, row.name, row.how, day_of(row.day), row.note,
        row.account, instant(row.at),
    )  # fmt: skip


def _refuse_day(day: date, approved: datetime, now: datetime) -> None:
    """UserError for a delivery before its issue was signed or after today; zones may differ by a day."""
    if day < approved.date() - timedelta(days=1):
        raise UserError(f"The issue was signed on {approved.date()}; it cannot have been delivered on {day}.")
    if day > now.date() + timedelta(days=1):
        raise UserError(f"{day} is still to come; note the delivery when it has been made.")
