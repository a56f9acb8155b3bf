"""What a reader asks for on the search page, as the address states it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.frame import Frame
from warehouse.desk.asked import Asked, asked
from warehouse.queries import pages_overview
from warehouse.search.language import span

PER_PAGE = 10
ORDERS = ("relevance", "date")
VALIDITIES = ("in-force", "amended", "repealed", "expired", "unknown")
_MOST_PAGES = 60  # pages that an address remembers the beginnings of
_TRAIL = re.compile(r"\d{1,6}(\.\d{1,6})*")
# Name of a filter in `search` -> its name in the address.
PARAMETERS = {
    "department": "d",
    "topic": "topic",
    "level": "level",
    "region": "region",
    "source": "source",
    "doc_type": "doc_type",
    "language": "spoken",
    "validity": "validity",
    "year": "year",
    "since": "since",
    "until": "until",
    "in_force_on": "on",
    "in_force": "in_force",
    "has_attachment": "att",
    "versions": "versions",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """One search as the address states it; a filter that is not set is None.

    The query stands whole: one that is too long is for the search to refuse, not for the address to shorten.
    """

    query: str = ""
    department: str | None = None
    topic: str | None = None
    level: str | None = None
    region: str | None = None
    source: str | None = None
    doc_type: str | None = None
    language: str | None = None
    validity: str | None = None
    year: str | None = None  # a year or a span: 2024, 2024-2025, >=2024
    since: date | None = None
    until: date | None = None
    in_force_on: date | None = None
    in_force: bool | None = None
    has_attachment: bool | None = None
    versions: bool | None = None
    order: str = "relevance"
    page: int = 1
    trail: tuple[int, ...] = ()  # where the pages up to this one begin, but for the first
    publication_id: str | None = None  # in which these pages began
    saved: int | None = None  # the saved search that this is

    @property
    def offset(self) -> int:
        """Hits before this page."""
        return self.trail[-1] if self.trail else (self.page - 1) * PER_PAGE

    @property
    def filters(self) -> dict[str, object]:
        """The filters that are set, under their names in the address."""
        named = {PARAMETERS[name]: getattr(self, name) for name in PARAMETERS}
        return {
            name: int(value) if isinstance(value, bool) else value
            for name, value in named.items()
            if value is not None and value is not False
        }

    def keywords(self) -> dict[str, Any]:
        """The filters and the order as `search` takes them; years are told by their first and last day."""
        found = {name: getattr(self, name) for name in PARAMETERS if name != "year" and getattr(self, name)}
        if self.has_attachment is False:
            found["has_attachment"] = False
        first, last = (span(self.year) if self.year else None) or (None, None)
        if first:
            found["since"] = max(first, self.since or first)
        if last:
            found["until"] = min(last, self.until or last)
        return {**found, "order": self.order}

    def asked(self) -> Asked:
        """The same search as data that is kept."""
        kept = self.keywords()
        return asked(self.query, kept, str(kept.pop("order")))

    def parameters(self, **changed: object) -> dict[str, object]:
        """The address of this search with some values changed; the page goes back to the first."""
        order = self.order if self.order != "relevance" else None
        return {"s": self.query, **self.filters, "order": order, **changed}

    def later(self, page: int, offset: int, publication_id: str) -> dict[str, object]:
        """The address of another page of this answer, in the publication that the answer came from."""
        trail = [*self.trail[: page - 2], offset] if page > 1 else []
        told = ".".join(map(str, trail[-_MOST_PAGES:])) or None
        return self.parameters(
            p=page if page > 1 else None, at=told, pub=publication_id if page > 1 else None, saved=self.saved
        )


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value of the address that names nothing."""

    key: str
    value: str


def read_wish(frame: Frame) -> tuple[Wish, Wrong | None]:
    """The search the address asks for, and the first value in it that names nothing."""
    given = {name: value for name, value in frame.parameters.items() if value}
    wrong = next(
        (Wrong(key, given[name]) for name, key, fits in _checks(frame, given) if name in given and not fits),
        None,
    )
    page, trail = given.get("p", "1"), given.get("at", "")
    saved = given.get("saved", "")
    wish = Wish(
        query=given.get("s", "").strip(),
        department=given.get("d"),
        topic=given.get("topic"),
        level=given.get("level"),
        region=given.get("region"),
        source=given.get("source"),
        doc_type=given.get("doc_type"),
        language=given.get("spoken"),
        validity=given.get("validity"),
        year=given.get("year") if span(given.get("year", "")) else None,
        since=_day(given.get("since")),
        until=_day(given.get("until")),
        in_force_on=_day(given.get("on")),
        in_force=given.get("in_force") in {"1", "on"} or None,
        has_attachment={"1": True, "on": True, "0": False}.get(given.get("att", "")),
        versions=given.get("versions") in {"1", "on"} or None,
        order=given.get("order") or "relevance",
        page=int(page) if page.isdecimal() else 1,
        trail=tuple(int(one) for one in trail.split(".")) if _TRAIL.fullmatch(trail) else (),
        publication_id=given.get("pub"),
        saved=int(saved) if saved.isdecimal() else None,
    )
    return wish, wrong


def wish_of(kept: Asked) -> Wish:
    """A kept search as a wish, to write its address."""
    told: dict[str, Any] = {name: value for name, value in kept.keywords().items() if name in PARAMETERS}
    return Wish(query=kept.query, order=kept.order, **told)


def sources_of(frame: Frame) -> dict[str, tuple[str, str]]:
    """The names of every source by its id."""
    return {row["source_id"]: (row["name_zh"], row["name_en"]) for row in frame.read(pages_overview.sources)}


def _checks(frame: Frame, given: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """Each parameter that can be checked here, what to say of a wrong one, and whether it fits."""
    page = given.get("p", "1")
    return [
        ("d", "unknown.department", given.get("d") in frame.body_names or "d" not in given),
        ("topic", "unknown.topic", given.get("topic") in frame.topic_names),
        ("source", "unknown.source", "source" in given and given["source"] in sources_of(frame)),
        ("validity", "unknown.validity", given.get("validity") in VALIDITIES),
        ("year", "unknown.date", span(given.get("year", "")) is not None),
        *((name, "unknown.date", _day(given.get(name)) is not None) for name in ("since", "until", "on")),
        ("order", "unknown.order", given.get("order") in ORDERS),
        ("p", "unknown.page", page.isdecimal() and 0 < int(page) < 100_000),
        ("at", "unknown.page", _TRAIL.fullmatch(given.get("at", "")) is not None),
        ("saved", "unknown.saved", given.get("saved", "").isdecimal()),
    ]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
