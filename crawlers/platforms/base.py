"""What a platform module promises: list pages to entries and requests, detail pages to gathered values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from crawlers.extraction.gathered import Gathered
from crawlers.platforms.hints import Hints
from warehouse.records import Entry, Problem


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One address worth fetching, and what we expect to find there."""

    url: str
    role: str  # list | detail | feed | api | attachment
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    priority: int = 0
    window: bool = False  # the first page of the same search within other days, whose first lines may repeat


@dataclass(frozen=True, slots=True)
class ListPage:
    """What one list page, feed or search answer says."""

    entries: tuple[Entry, ...] = ()
    next: tuple[PageRequest, ...] = ()
    total: int | None = None  # documents the site claims to hold in this list
    problems: tuple[Problem, ...] = ()
    withdrawn: tuple[str, ...] = ()  # lasting numbers (site_id) of documents the site says it took away
    ordered: bool = True  # newest first; else news may stand on any page, and every page is turned
    confidence: float = 1.0  # 0-1: how sure the reader is; interfaces of a known shape are certain
    reason: str = ""  # one sentence: which structure, how many rows, how many with a day
    unlinked: tuple[Entry, ...] = ()  # rows with a day but no address of their own: told, never fetched
    by_change: bool = False  # lines stand by their last change, whatever days they print; known ones that
    # changed do not end such a list

    @property
    def leads_on(self) -> bool:
        """Whether this is no page of a list but an index of further lists."""
        return bool(self.next) and not self.entries and self.ordered


TOO_DEEP = ListPage(problems=(Problem("too-deep", "The list page is nested deeper than any real one."),))


class Platform(Protocol):
    """A publishing platform; its functions are pure: bytes in, records out, nothing fetched."""

    @property
    def name(self) -> str:
        """The module's name, as a source's TOML writes it."""

    def start(self, hints: Hints) -> Sequence[PageRequest]:
        """Where a crawl begins when the source names no start address."""

    def parse_list(self, body: bytes, url: str, hints: Hints) -> ListPage:
        """Entries and next pages; a page that is no list gives none and says why in `problems`."""

    def parse_detail(self, body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
        """The printed values and text of a document page, or None when it is none."""
