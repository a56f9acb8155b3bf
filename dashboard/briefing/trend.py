"""Months of a subject without gaps in the row: how many documents, and how many of its sources were heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

MONTHS = 24
Heard = Literal["all", "some", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Documents of the subject published in the month that begins on `month`."""

    month: date
    documents: int
    a_year_before: int
    complete: bool  # False for the month that is still running
    sources: int  # sources of the subject that were to be heard from: known by then
    silent: tuple[str, ...]  # those of them that were not

    @property
    def heard(self) -> Heard:
        """From how many of its sources something came; `unknown` before any of them was known."""
        if not self.sources:
            return "unknown"
        if not self.silent:
            return "all"
        return "none" if len(self.silent) == self.sources else "some"

    @property
    def is_gap(self) -> bool:
        """True when a nought says nothing: no source of the subject was heard."""
        return self.heard in ("none", "unknown") and not self.documents


def first_month(today: date, back: int = MONTHS - 1) -> date:
    """The first day of the month so many months before that of `today`."""
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def month_counts(
    rows: Iterable[Mapping[str, Any]], sources: Mapping[str, str], heard: Mapping[str, set[date]], today: date
) -> tuple[MonthCount, ...]:
    """The last `MONTHS` months; `rows` hold a year more, for the same month of the year before.

    `sources` are the subject's by id, `heard` the months in which each source was heard from. A source counts
    from the first such month on: before it nobody knows whether there was anything to hear.
    """
    counted = {row["month"]: int(row["documents"]) for row in rows}
    known = {source: min(heard[source]) for source in sources if heard.get(source)}
    told = []
    for back in range(MONTHS - 1, -1, -1):
        month = first_month(today, back)
        due = [source for source, since in known.items() if since <= month]
        silent = tuple(sources[source] for source in due if month not in heard[source])
        told.append(
            MonthCount(
                month,
                counted.get(month, 0),
                counted.get(first_month(month, 12), 0),
                back > 0,
                len(due),
                silent,
            )
        )
    return tuple(told)
