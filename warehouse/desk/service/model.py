"""The records of requests to the library and of what answered them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

RequestState = Literal["open", "working", "delivered", "closed"]
LinkKind = Literal["search", "query", "source", "theme", "item", "draft", "issue"]
STATES: tuple[RequestState, ...] = ("open", "working", "delivered", "closed")
LINKS: tuple[LinkKind, ...] = ("search", "query", "source", "theme", "item", "draft", "issue")
SEARCHED: tuple[LinkKind, ...] = ("search", "query", "source")
EVIDENCE: tuple[LinkKind, ...] = ("theme", "item")
PRODUCTS: tuple[LinkKind, ...] = ("draft", "issue")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks and how to reach her: personal data, kept sealed and erased when it is no longer needed."""

    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as it is taken down."""

    department: str
    need: str
    asked_on: date
    due: date | None
    responsible: str  # account
    asker: Asker | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request: what a body needs until when, who answers for it, and how far it is."""

    request_id: int
    department: str
    need: str
    asked_on: date
    due: date | None
    state: RequestState
    responsible: str
    outcome: str  # what came of it; "" until it is said
    has_asker: bool  # whether a person is kept; `Requests.asker` opens it
    account: str
    created_at: datetime
    changed_at: datetime
    delivered_on: date | None  # day of the first delivery that stands
    closed_on: date | None

    def overdue(self, today: date) -> bool:
        """Whether its day has passed and nothing was delivered."""
        return self.due is not None and self.delivered_on is None and self.waits and self.due < today

    @property
    def waits(self) -> bool:
        """Whether somebody still has to work on it."""
        return self.state in ("open", "working")

    @property
    def in_time(self) -> bool | None:
        """Whether it was answered by its day; None where no day was set or nothing was delivered yet."""
        if self.due is None or self.delivered_on is None:
            return None
        return self.delivered_on <= self.due


@dataclass(frozen=True, slots=True)
class Link:
    """Something that answers a request; `found` documents of that publication are what stood there then."""

    link_id: int
    request_id: int
    kind: LinkKind
    key: str
    label: str
    found: int | None
    publication_id: str | None
    account: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was given to whoever asked, and on which day."""

    delivery_id: int
    request_id: int
    day: date
    what: str
    account: str
    at: datetime
