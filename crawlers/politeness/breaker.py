"""The breaker of a source: open for growing times after failures, half-open for one try, or blocked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from warehouse.crawl_state.cards import epoch, moment

FAILURES_TO_OPEN = 5  # in a row
# An hour short of one and three days: the timer that comes at the same hour finds the time over.
OPEN_FOR = (timedelta(hours=6), timedelta(hours=23), timedelta(hours=71))
BLOCKED_FOR = timedelta(hours=23)


@dataclass(slots=True)
class Breaker:
    """State of one source between runs; `values` is what the crawl state keeps."""

    state: str = "closed"  # closed | open | half-open | blocked
    until: datetime | None = None
    failures: int = 0
    detail: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Breaker:
        """The breaker a source_state row describes."""
        until = row["breaker_until"]
        return cls(row["breaker"], moment(until), row["failures_in_row"], row["detail"])

    def closed_to(self, now: datetime) -> bool:
        """Whether the source must be left alone now."""
        return self.state in {"open", "blocked"} and self.until is not None and now < self.until

    def half_open(self) -> None:
        """The waiting time is over: one request may try."""
        if self.state in {"open", "blocked"}:
            self.state = "half-open"

    def succeeded(self) -> None:
        """A plain answer came: all is well again."""
        self.state, self.until, self.failures, self.detail = "closed", None, 0, ""

    def failed(self, now: datetime, detail: str) -> bool:
        """A failure of server or network; True when the source is to be left alone from now on.

        A try that fails after such a time counts like a whole row of failures: the next time is longer.
        """
        probe = self.state == "half-open"
        self.failures += FAILURES_TO_OPEN - self.failures % FAILURES_TO_OPEN if probe else 1
        self.detail = detail
        if self.failures % FAILURES_TO_OPEN:
            return False
        step = min(self.failures // FAILURES_TO_OPEN, len(OPEN_FOR)) - 1
        self.state, self.until = "open", now + OPEN_FOR[max(step, 0)]
        return True

    def refused(self, now: datetime, detail: str, wait: timedelta | None = None) -> None:
        """The site said no (403, 412, 429, a challenge, its robots rules): stop and say so."""
        self.state, self.until, self.detail = (
            "blocked",
            now + max(wait or BLOCKED_FOR, timedelta(hours=1)),
            detail,
        )

    @property
    def values(self) -> dict[str, Any]:
        """Columns of source_state."""
        return {
            "breaker": self.state,
            "breaker_until": None if self.until is None else epoch(self.until),
            "failures_in_row": self.failures,
            "detail": self.detail,
        }
