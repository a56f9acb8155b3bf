"""What a reader of the duty calendar asks for, read from an address and written back into one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from warehouse.errors import UserError
from warehouse.publication import Publication
from warehouse.queries import pages_overview
from warehouse.queries.duty_calendar import DutyChoice, regions_held

VIEWS = ("dated", "returning", "undated")
# Of dated duties. past: those of documents still to be followed whose day is over, whatever was found;
# overdue and evidence are its two parts; ended: the document was repealed, expired or withdrawn.
STATES = ("due", "past", "overdue", "evidence", "ended", "all")
SPANS = (30, 90, 180, 365)
LONGEST = 3_700  # days of a span that an address may name
_NARROWING = {"who": "bearer", "d": "issuer", "theme": "theme", "topic": "topic", "region": "region"}


class UnknownValue(UserError):
    """An address names something that does not exist; `key` is the sentence that says so."""

    def __init__(self, key: str, value: str) -> None:
        super().__init__(
            f"'{value[:80]}' names nothing here ({key.rpartition('.')[2].removeprefix('unknown-')})."
        )
        self.key, self.value = key, value


@dataclass(frozen=True, slots=True)
class Known:
    """The names that filters may take in a publication."""

    bodies: Collection[str]  # those of the authority file, and those known only as documents print them
    topics: Collection[str]
    themes: Collection[str]
    regions: Collection[str]


@dataclass(frozen=True, slots=True)
class Wish:
    """One view of the calendar; every field that is set narrows."""

    of: str = "dated"
    state: str = "due"
    days: int = 90
    first: date | None = None  # instead of `days`
    last: date | None = None
    bearer: str | None = None
    issuer: str | None = None
    theme: str | None = None
    topic: str | None = None
    region: str | None = None
    page: int = 1

    def choice(self, today: date, home: str | None) -> DutyChoice:
        """The duties meant: their days, and overdue or not only as far as the day says."""
        first, last = self.span(today)
        state = "past" if self.state in ("overdue", "evidence") else self.state
        if self.of != "dated":
            state = "due"  # limits without a day are told of documents that are to be followed
        return DutyChoice(
            first, last, state, self.bearer, self.issuer, self.theme, self.topic, self.region, home
        )

    def span(self, today: date) -> tuple[date, date]:
        """First and last day: as named, else so many days ahead, back, or both; what is due is never past."""
        ahead, back = today + timedelta(days=self.days), today - timedelta(days=self.days)
        yesterday = today - timedelta(days=1)
        if self.state == "due":
            return max(today, self.first or today), self.last or ahead
        if self.state in ("past", "overdue", "evidence"):
            return self.first or back, min(yesterday, self.last or yesterday)
        return self.first or back, self.last or ahead

    def parameters(self, **changes: Any) -> dict[str, object]:
        """The address parameters of this view with some changed; the page begins anew unless it is given."""
        wish = replace(self, **{"page": 1, **changes})
        usual = Wish()
        if wish.of != "dated":
            wish = replace(wish, state=usual.state, days=usual.days, first=None, last=None)
        told: dict[str, object] = {
            "of": wish.of, "state": wish.state, "days": wish.days, "from": wish.first, "to": wish.last,
            **{name: getattr(wish, field) for name, field in _NARROWING.items()}, "p": wish.page,
        }  # fmt: skip
        same = {"of": usual.of, "state": usual.state, "days": usual.days, "p": usual.page}
        return {name: value for name, value in told.items() if value is not None and value != same.get(name)}

    @property
    def narrowed(self) -> bool:
        """Whether anything but view, state and days is chosen."""
        return any(getattr(self, field) for field in (*_NARROWING.values(), "first", "last"))


def read_wish(given: Mapping[str, str], known: Known) -> Wish:
    """The wish of an address; UnknownValue for what names nothing, so that no other rows are shown for it."""
    days = given.get("days") or str(Wish().days)
    if not (days.isascii() and days.isdecimal()) or not 0 < int(days[:6]) <= LONGEST:
        raise UnknownValue("deadlines.unknown-days", days)
    page = given.get("p") or "1"
    if not (page.isascii() and page.isdecimal()) or int(page[:9]) < 1:
        raise UnknownValue("unknown.page", page)
    first, last = _day(given, "from"), _day(given, "to")
    if first and last and not 0 <= (last - first).days <= LONGEST:
        raise UnknownValue("deadlines.unknown-span", f"{first} – {last}")
    return Wish(
        _one_of(given, "of", VIEWS, "unknown.listing"),
        _one_of(given, "state", STATES, "deadlines.unknown-state"),
        int(days),
        first,
        last,
        _known(given, "who", known.bodies, "unknown.department"),
        _known(given, "d", known.bodies, "unknown.department"),
        _known(given, "theme", known.themes, "unknown.theme"),
        _known(given, "topic", known.topics, "unknown.topic"),
        _known(given, "region", known.regions, "deadlines.unknown-region"),
        int(page),
    )


def known_of(publication: Publication) -> Known:
    """All names of a publication, for those who have no page that remembers them."""
    return Known(
        pages_overview.body_names(publication).keys()
        | {str(row["code"]) for row in pages_overview.departments(publication)},
        pages_overview.topic_names(publication).keys(),
        {str(row["theme_id"]) for row in pages_overview.themes(publication, date.max)},
        frozenset(regions_held(publication)),
    )


def _one_of(given: Mapping[str, str], name: str, values: tuple[str, ...], key: str) -> str:
    asked = given.get(name) or values[0]
    if asked not in values:
        raise UnknownValue(key, asked)
    return asked


def _known(given: Mapping[str, str], name: str, values: Collection[str], key: str) -> str | None:
    asked = given.get(name) or None
    if asked is not None and asked not in values:
        raise UnknownValue(key, asked)
    return asked


def _day(given: Mapping[str, str], name: str) -> date | None:
    text = given.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnknownValue("unknown.date", text) from error
