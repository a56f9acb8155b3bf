"""What passes between the crawler and the frontier: addresses found, leased, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from warehouse.records import Capture, Entry

State = Literal["discovered", "fetched", "failed", "gone", "refused"]


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a start list, a list page or a document page named."""

    url: str  # the frontier's key; a POST carries a digest of its body in the fragment
    role: str  # list | detail | attachment | feed | api
    host: str
    priority: int = 0
    request: Mapping[str, Any] = field(default_factory=dict)  # url, method, body, headers, root, depth
    entry: Entry | None = None
    parent_url: str | None = None
    wait: float = 0.0  # seconds until it is due
    again: bool = False  # known addresses become due again (start lists, files of a changed page)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list page, remembered to see what is new, changed or missing the next time."""

    root: str
    url: str
    mark: str  # title, date and further values as listed
    published: date | None


@dataclass(frozen=True, slots=True)
class Leased:
    """An address this run may fetch now; nobody else will until the lease ends."""

    source_id: str
    url: str
    role: str
    host: str
    request: Mapping[str, Any]
    entry: Entry | None
    parent_url: str | None
    etag: str | None
    last_modified: str | None
    last_sha256: str | None
    last_fetched_at: datetime | None
    discovered_at: datetime
    attempts: int
    gone_count: int
    gone_first_at: datetime | None
    step: int = 0  # place on the source's revisit_days
    unconfirmed: str | None = None  # capture of a change that waits for a second fetch


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one leased address; everything in it is committed together or not at all."""

    source_id: str
    url: str
    state: State
    due_at: datetime
    values: Mapping[str, Any] = field(default_factory=dict)  # further frontier columns
    capture: Capture | None = None
    found: tuple[Found, ...] = ()
    listed: tuple[Listed, ...] = ()
    notice: str | None = None  # withdrawn | restored | seen
    noticed_at: datetime | None = None
    missing: Missing | None = None
    withdrawn: tuple[str, ...] = ()  # addresses whose documents a list says were taken away
    standings: Mapping[str, str] = field(default_factory=dict)  # capture -> whether extraction may take it
    walked: str | None = None  # root of a list whose walk ended with this page


@dataclass(frozen=True, slots=True)
class Missing:
    """The end of a list: what it named before and no longer names is worth another visit."""

    root: str
    since: date | None  # only lines dated after this were certainly looked at; None: the whole list was


class Notice(NamedTuple):
    """A document taken away, brought back or seen unchanged; the first five values are for ingestion."""

    source_id: str
    url: str
    kind: str
    at: datetime
    run_id: str
    notice_no: int
