"""What the desk tells of people and their wishes; corrections are in `warehouse/records.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who uses this home."""

    name: str
    role: str  # reader | analyst | reviewer | administrator
    created_at: datetime
    shown: str = ""  # the name that others see; empty: `name`
    state: str = "active"  # active | disabled | erased
    must_change: bool = False  # the password was given by somebody else


@dataclass(frozen=True, slots=True)
class Visit:
    """The latest time a person opened a page, and which publication it showed."""

    account: str
    page: str
    key: str  # what the page was about: a theme, a department; "" for the page itself
    publication_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """Work that a page asks a worker process to do."""

    job_id: int
    kind: str
    arguments: dict[str, Any]
    account: str
    state: str  # queued | running | done | failed
    created_at: datetime
    outcome: str | None = None  # how it ended, in a sentence


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Who did what to which thing, when."""

    event_id: int
    at: datetime
    account: str
    action: str
    subject: str
    detail: dict[str, Any]
