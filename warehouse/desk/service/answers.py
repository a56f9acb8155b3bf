"""What answers a request: the sources searched, the evidence, the product and what was handed over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.service.model import LINKS, HandedOver, Link, LinkKind
from warehouse.desk.service.tables import service_delivery, service_link, service_request
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing


class Answers:
    """Links and deliveries of requests; what was wrong is taken out, and the log says so."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def link(
        self,
        request_id: int,
        kind: LinkKind,
        key: str,
        label: str,
        account: str,
        *,
        found: int | None = None,
        publication_id: str | None = None,
    ) -> Link:
        """Note what answers a request. The same thing found in the same publication is noted once.

        Noting the first thing makes an open request one that is worked on.
        """
        if kind not in LINKS:
            raise UserError(f"A request cannot be linked with '{kind}'; write one of {', '.join(LINKS)}.")
        row = {
            "request_id": request_id, "kind": kind, "key": checked_text("key", key, 300),
            "label": checked_text("label", label, 500), "found": found, "publication_id": publication_id,
            "account": account, "at": self._now(),
        }  # fmt: skip
        with writing(self._engine) as connection:
            state = _state(connection, request_id)
            known = _same(connection, row)
            if known is not None:
                return read_link(known)
            made = connection.execute(insert(service_link).values(row)).inserted_primary_key
            if state == "open":
                self._set(connection, request_id, {"state": "working"})
            told = {"kind": kind, "key": row["key"], "found": found}
            self._audit(connection, "link-request", account, request_id, told)
            wanted = select(service_link).where(service_link.c.link_id == (made[0] if made else 0))
            return read_link(connection.execute(wanted).one())

    def unlink(self, link_id: int, account: str) -> None:
        """Take a link out; a UserError when there is none that stands."""
        with writing(self._engine) as connection:
            row = _standing(connection, service_link, service_link.c.link_id, link_id, "link")
            self._remove(connection, service_link, service_link.c.link_id == link_id, account)
            told = {"unlinked": row.kind, "key": row.key}
            self._audit(connection, "link-request", account, row.request_id, told)

    def deliver(self, request_id: int, what: str, day: date, account: str) -> HandedOver:
        """Note what was handed over and when; the request is delivered from then on."""
        row = {
            "request_id": request_id, "delivered_on": day.isoformat(),
            "what": checked_text("what", what, 1000), "account": account, "at": self._now(),
        }  # fmt: skip
        with writing(self._engine) as connection:
            _state(connection, request_id)
            _refuse_day(connection, request_id, day, self._now())
            made = connection.execute(insert(service_delivery).values(row)).inserted_primary_key
            self._count(connection, request_id)
            self._audit(connection, "deliver-request", account, request_id, {"day": row["delivered_on"]})
            wanted = select(service_delivery)
            wanted = wanted.where(service_delivery.c.delivery_id == (made[0] if made else 0))
            return read_delivery(connection.execute(wanted).one())

    def undeliver(self, delivery_id: int, account: str) -> None:
        """Take a delivery out that never was; without any other the request is worked on again."""
        table = service_delivery
        with writing(self._engine) as connection:
            row = _standing(connection, table, table.c.delivery_id, delivery_id, "delivery")
            self._remove(connection, table, table.c.delivery_id == delivery_id, account)
            self._count(connection, row.request_id)
            told = {"taken out": row.delivered_on}
            self._audit(connection, "deliver-request", account, row.request_id, told)

    def links(self, request_id: int) -> list[Link]:
        """What answers a request, in the order noted."""
        return self._links(service_link.c.request_id == request_id)

    def linked(self, kind: LinkKind, keys: Iterable[str]) -> list[Link]:
        """The links of any request with these things."""
        return self._links((service_link.c.kind == kind) & service_link.c.key.in_(sorted(set(keys))))

    def made_between(self, start: datetime, end: datetime) -> list[Link]:
        """The links noted from an instant to before another, such as the first ones of two years."""
        at = service_link.c.at
        return self._links((at >= start.timestamp()) & (at < end.timestamp()))

    def deliveries(self, request_id: int | None = None, year: int | None = None) -> list[HandedOver]:
        """What was handed over, by day: of a request, of a year, or all."""
        table = service_delivery
        wanted = select(table).where(table.c.removed_at.is_(None))
        if request_id is not None:
            wanted = wanted.where(table.c.request_id == request_id)
        if year is not None:
            wanted = wanted.where(table.c.delivered_on.between(f"{year:04}-01-01", f"{year:04}-12-31"))
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(table.c.delivered_on, table.c.delivery_id))
            return [read_delivery(row) for row in rows]

    # inside

    def _links(self, condition: Any) -> list[Link]:
        wanted = select(service_link).where(service_link.c.removed_at.is_(None), condition)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(service_link.c.link_id))
            return [read_link(row) for row in rows]

    def _count(self, connection: Connection, request_id: int) -> None:
        """Bring day of delivery and state of a request into line with the deliveries that stand."""
        table = service_delivery
        first = select(func.min(table.c.delivered_on)).where(
            table.c.request_id == request_id, table.c.removed_at.is_(None)
        )
        day = connection.execute(first).scalar()
        state = _state(connection, request_id)
        if state != "closed":
            state = "delivered" if day else ("working" if state == "delivered" else state)
        self._set(connection, request_id, {"delivered_on": day, "state": state})

    def _set(self, connection: Connection, request_id: int, values: dict[str, Any]) -> None:
        changed = update(service_request).where(service_request.c.request_id == request_id)
        connection.execute(changed.values(**values, changed_at=self._now()))

    def _remove(self, connection: Connection, table: Any, condition: Any, account: str) -> None:
        values = {"removed_at": self._now(), "removed_by": account}
        connection.execute(update(table).where(condition).values(**values))

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _audit(
        self, connection: Connection, action: str, account: str, request_id: int, told: dict[str, Any]
    ) -> None:
        note_event(connection, self._now(), account, action, f"request {request_id}", told)


def read_link(row: Any) -> Link:
    """A row as the record."""
    return Link(
        row.link_id, row.request_id, row.kind, row.key, row.label, row.found, row.publication_id,
        row.account, instant(row.at),
    )  # fmt: skip


def read_delivery(row: Any) -> HandedOver:
    """A row as the record."""
    day = date.fromisoformat(row.delivered_on)
    return HandedOver(row.delivery_id, row.request_id, day, row.what, row.account, instant(row.at))


def _state(connection: Connection, request_id: int) -> str:
    wanted = select(service_request.c.state).where(service_request.c.request_id == request_id)
    state = connection.execute(wanted).scalar() if 0 < request_id < 2**63 else None
    if state is None:
        raise UserError(f"There is no request {request_id}; the list of requests names those there are.")
    return str(state)


def _same(connection: Connection, row: dict[str, Any]) -> Any:
    table = service_link
    alike = [table.c[name] == row[name] for name in ("request_id", "kind", "key")]
    in_one = table.c.publication_id.is_not_distinct_from(row["publication_id"])
    return connection.execute(select(table).where(*alike, in_one, table.c.removed_at.is_(None))).first()


def _standing(connection: Connection, table: Any, column: Any, number: int, called: str) -> Any:
    row = connection.execute(select(table).where(column == number, table.c.removed_at.is_(None))).first()
    if row is None:
        raise UserError(f"There is no {called} {number} that stands; it was taken out already.")
    return row


def _refuse_day(connection: Connection, request_id: int, day: date, now: float) -> None:
    """UserError for a day before the request was asked, or after today; zones may differ by a day."""
    asked = connection.execute(
        select(service_request.c.asked_on).where(service_request.c.request_id == request_id)
    ).scalar()
    if asked and day.isoformat() < str(asked):
        raise UserError(f"The request was asked on {asked}; nothing was handed over on {day} before that.")
    if day > datetime.fromtimestamp(now, UTC).date() + timedelta(days=1):
        raise UserError(f"{day} is still to come; note it when something has been handed over.")
