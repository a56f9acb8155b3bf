"""What a reader of the page on completeness asks for, as the address states it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.frame import Frame, refuse
from warehouse.number_states import GAP_STATES
from warehouse.queries import pages_completeness as questions
from warehouse.queries import pages_overview

PARTS = ("gaps", "series", "wanted", "sources")
RELATIONS = ("basis", "forwards", "prints", "amends", "repeals", "implements", "mentions")
PER_PAGE = 50
_MOST_PAGES = 200
_OF_SERIES = ("gaps", "series")


@dataclass(frozen=True, slots=True)
class Wish:
    """One view of the page; what is not set is None."""

    part: str = "gaps"
    organ: str | None = None  # number word, code or full name of a body
    year: int | None = None
    source: str | None = None
    state: str | None = None  # of gaps
    kind: str | None = None  # relation in which something wanted is cited
    department: str | None = None  # who probably issued what is wanted
    page: int = 1

    @property
    def of_series(self) -> tuple[str | None, int | None, str | None]:
        """What narrows series and gaps, as their queries take it."""
        return self.organ, self.year, self.source

    def parameters(self, **changed: object) -> dict[str, object]:
        """The address of this view with some values changed; the page goes back to the first."""
        shown: dict[str, object] = {"of": self.part if self.part != "gaps" else None}
        if self.part in _OF_SERIES:
            shown |= {"organ": self.organ, "year": self.year, "source": self.source}
        if self.part == "gaps":
            shown |= {"state": self.state}
        if self.part == "wanted":
            shown |= {"kind": self.kind, "d": self.department}
        return {**shown, **changed}


def read_wish(frame: Frame) -> Wish:
    """The view an address asks for; a value that names nothing is refused by name."""
    given = {name: value for name, value in frame.parameters.items() if value}
    checks: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        ("of", "complete.unknown-part", lambda value: value in PARTS),
        ("state", "complete.unknown-gap-state", lambda value: value in GAP_STATES),
        ("kind", "complete.unknown-relation", lambda value: value in RELATIONS),
        ("year", "complete.unknown-year", lambda value: value.isdecimal() and len(value) == 4),
        ("organ", "complete.unknown-organ", lambda value: frame.read(questions.is_organ, value)),
        ("source", "unknown.source", lambda value: value in _sources(frame)),
        ("d", "unknown.department", lambda value: value in frame.body_names),
        ("p", "unknown.page", lambda value: value.isdecimal() and 0 < int(value) <= _MOST_PAGES),
    )
    for name, key, fits in checks:
        if name in given and not fits(given[name]):
            refuse(frame, key, given[name])
    return Wish(
        part=given.get("of", "gaps"),
        organ=given.get("organ"),
        year=int(given["year"]) if "year" in given else None,
        source=given.get("source"),
        state=given.get("state"),
        kind=given.get("kind"),
        department=given.get("d"),
        page=int(given.get("p", "1")),
    )


def _sources(frame: Frame) -> set[str]:
    return {row["source_id"] for row in frame.read(pages_overview.sources)}
