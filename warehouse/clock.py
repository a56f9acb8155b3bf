"""The one clock: instants are UTC, "today" is the day in the home's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Where every module asks for the present; tests and the sample province bring their own."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for the sample sites and for tests."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant.astimezone(UTC)


def today(clock: Clock, timezone: str) -> date:
    """The plain date that people in `timezone` call today."""
    return clock.now().astimezone(ZoneInfo(timezone)).date()
