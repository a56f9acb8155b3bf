"""The rows of the duty calendar: each duty with its state, the days that are left, and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.deadlines.wish import Wish
from dashboard.reads import Reads
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.duty_calendar import (
    DutyChoice,
    count_duties,
    count_limits,
    days_of_duties,
    limits_printed,
    list_limits,
)
from warehouse.queries.duty_evidence import Proof, proven_duties
from warehouse.recurring_days import NextDay, next_days
from warehouse.working_days import WEEKENDS_ONLY, Calendar, official

PER_PAGE = 30
LOOKED_AT = {"overdue": 50, "evidence": 200}  # duties past their day that one page of such ones looks through
HOME_FILE = "holidays.toml"  # a home's own years, as for the silence of sources
_CHINESE = ("CN", "XS")  # whose offices keep the Chinese calendar; XS is the sample's country
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One duty as the calendar tells it."""

    row: Row  # as `list_duties` or `list_limits` gives it
    state: str  # due | overdue | unnamed | evidence | ended | returning | undated
    days: int | None  # until its day, negative when it is over; None without a day
    working_days: int | None  # the same in working days; None where a year on the way has no holiday notice
    proofs: tuple[Proof, ...] = ()
    named: bool = True  # of a returning limit: the text names the day, not only the period that ends on it


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines and what it was taken from."""

    lines: tuple[Line, ...]
    total: int  # duties of the choice; of `overdue` and `evidence` those past their day
    documents: int | None  # in which they stand; None where that is not counted
    sources: int | None
    pages: int
    looked_at: tuple[int, int] | None = None  # which of `total`, where lines are those in one state of them


class Ledger:
    """Asks one publication for pages of the calendar as of a day."""

    def __init__(self, read: Reads, home: Home, today: date) -> None:
        self._read, self._today = read, today
        self._region = home.settings.place.region
        self._chinese = official(home.root / HOME_FILE)
        self._counted: dict[tuple[bool, date], int | None] = {}

    def page(self, wish: Wish) -> Page:
        """The page asked for; beyond the last one it has no lines."""
        if wish.of != "dated":
            return self._limits(wish)
        choice = wish.choice(self._today, self._region)
        counted = self._read(count_duties, choice)
        at_once = LOOKED_AT.get(wish.state, PER_PAGE)
        start = (wish.page - 1) * at_once
        only = wish.state == "evidence" if wish.state in LOOKED_AT else None
        rows = self._read(proven_duties, choice, self._today, at_once, start, only)
        lines = [self._dated(row, proofs) for row, proofs in rows]
        last = min(start + at_once, int(counted["duties"]))
        looked = (start + 1, last) if only is not None and start < last else None
        return _page(lines, counted, at_once, looked)

    def lines(self, wish: Wish, most: int) -> Iterator[Line]:
        """Every line of a wish from its first page on, at most so many."""
        given, number = 0, 1
        while True:
            page = self.page(replace(wish, page=number))
            for line in page.lines:
                if given == most:
                    return
                given += 1
                yield line
            number += 1
            if number > page.pages:
                return

    def days(self, wish: Wish) -> list[Row]:
        """How many dated duties of a wish fall on each day (`day`, `duties`), earliest first."""
        found: list[Row] = self._read(days_of_duties, wish.choice(self._today, self._region))
        return found

    def next_days(self) -> dict[str, NextDay]:
        """The next day of every wording of a limit that returns on a known one."""
        return next_days(self._read(limits_printed), self._today)

    def count(self, wish: Wish) -> int:
        """How many duties or limits a wish is about; of `overdue` and `evidence` those past their day."""
        choice = wish.choice(self._today, self._region)
        if wish.of == "dated":
            return int(self._read(count_duties, choice)["duties"])
        days = {words: one.day for words, one in self.next_days().items()}
        return int(self._read(_count_limits, choice, days, wish.of == "returning"))

    def works(self, day: date) -> bool | None:
        """Whether Chinese offices are open on the day; None in a year without a holiday notice."""
        return self._chinese.works(day) if day.year in self._chinese.arranged else None

    def _limits(self, wish: Wish) -> Page:
        choice, named = wish.choice(self._today, self._region), self.next_days()
        days = {words: one.day for words, one in named.items()}
        returning = wish.of == "returning"
        counted = {"duties": self._read(_count_limits, choice, days, returning)}
        rows = self._read(_list_limits, choice, days, returning, PER_PAGE, (wish.page - 1) * PER_PAGE)
        lines = [
            Line(row, wish.of, *self._left(row), named=not returning or named[row["due_printed"]].named)
            for row in rows
        ]
        return _page(lines, counted, PER_PAGE, None)

    def _dated(self, row: Row, proofs: tuple[Proof, ...]) -> Line:
        return Line(row, state_of(row, proofs, self._today), *self._left(row), proofs)

    def _left(self, row: Row) -> tuple[int | None, int | None]:
        due: date | None = row["due"]
        if due is None:
            return None, None
        chinese = (row["jurisdiction"] or "CN").split("-")[0] in _CHINESE
        if (chinese, due) not in self._counted:
            calendar = self._chinese if chinese else WEEKENDS_ONLY
            self._counted[chinese, due] = working_days_left(calendar, self._today, due)
        return (due - self._today).days, self._counted[chinese, due]


def state_of(row: Row, proofs: Iterable[Proof], today: date) -> str:
    """`ended` where the document no longer binds, else `due` until its day is over, else whether a later
    document of the bearer was found (`evidence`) or not (`overdue`); `unnamed` where the text names nobody to
    look for.
    """
    if row["validity"] in ("repealed", "expired") or row["status"] == "withdrawn":
        return "ended"
    if row["due"] >= today:
        return "due"
    if any(True for _ in proofs):
        return "evidence"
    return "overdue" if row["who"] else "unnamed"


def working_days_left(calendar: Calendar, today: date, due: date) -> int | None:
    """Working days after today up to and with the day, negative when it is over; None where a year on the way
    has no holiday notice yet.
    """
    first, last = sorted((today, due))
    if calendar.chinese and any(year not in calendar.arranged for year in range(first.year, last.year + 1)):
        return None
    counted = calendar.between(first, last)
    return counted if due >= today else -counted


def _count_limits(
    publication: Publication, choice: DutyChoice, days: dict[str, date], returning: bool
) -> int:
    return count_limits(publication, choice, days, returning=returning)


def _list_limits(
    publication: Publication,
    choice: DutyChoice,
    days: dict[str, date],
    returning: bool,
    limit: int,
    offset: int,
) -> list[Row]:
    return list_limits(publication, choice, days, limit, offset, returning=returning)


def _page(lines: list[Line], counted: Row, at_once: int, looked: tuple[int, int] | None) -> Page:
    total = int(counted["duties"])
    pages = max(1, (total + at_once - 1) // at_once)
    return Page(tuple(lines), total, counted.get("documents"), counted.get("sources"), pages, looked)
