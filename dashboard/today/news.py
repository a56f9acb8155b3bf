"""What the first page tells this reader in this run: since her last look, or of a number of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dashboard.frame import Frame
from dashboard.today.ranking import Ranked, ranked
from warehouse.desk.follows import FOLLOWED
from warehouse.queries import pages_listing
from warehouse.queries.by_name import documents_by_name
from warehouse.queries.nearer import Between, between, nearer
from warehouse.queries.pages_listing import Selection
from warehouse.queries.reader_delta import GROUPS, Delta, told
from warehouse.queries.reasons import MOST, Wish, reasons, wish_of
from warehouse.queries.regions import home_jurisdictions
from warehouse.reader_look import ReaderLook, keep_look, open_look

PERIODS = {"7d": 7, "30d": 30}
_RANKED = "d.level, d.published, d.jurisdiction"
_MOVERS = ("new", "changed", "repealed")


@dataclass(frozen=True, slots=True)
class News:
    """One run of the page: the period, its groups of documents, and the reader's look when that is it."""

    period: str  # visit | 7d | 30d
    shown: ReaderLook
    groups: Mapping[str, Selection]
    delta: Delta | None  # only when the period is the visit
    looks: Between | None
    follows: Mapping[str, tuple[str, ...]]  # by kind: document, theme, body
    settled: bool  # whether this run tells the reader what is new, and is a look

    @property
    def wish(self) -> Wish:
        """What the reasons of documents are asked for."""
        return wish_of(self.follows, self.looks)


def news_of(frame: Frame, asked: str | None) -> News:
    """What is told now; without a period in the address since the last look, else 30 days."""
    desk, account = frame.desk, frame.user.name
    shown = open_look(frame.home, desk, frame.publication, account, frame.today, frame.now)
    delta, last_day = shown.delta, shown.look.last_day
    period = asked if asked in PERIODS else ("visit" if delta else "30d")
    by_visit = period == "visit" and delta is not None and last_day is not None
    follows: dict[str, tuple[str, ...]] = dict.fromkeys(FOLLOWED, ())
    for one in desk.follows.of(account):
        follows[one.kind] = (*follows[one.kind], one.key)
    return News(
        period,
        shown,
        _since_look(delta) if by_visit and delta else _of_days(frame, PERIODS[period]),
        delta if by_visit else None,
        between(delta, last_day, shown.look.day) if by_visit and delta and last_day else None,
        follows,
        asked not in PERIODS,
    )


def settle(frame: Frame, news: News) -> None:
    """Keep the look, now that the page stands; a period that was asked for by name tells nothing new."""
    if news.settled:
        keep_look(frame.desk, news.shown)


def counts(frame: Frame, news: News) -> dict[str, int]:
    """How many documents each group holds."""
    return {kind: frame.read(pages_listing.count_documents, one) for kind, one in news.groups.items()}


def deadlines(frame: Frame, news: News) -> list[dict[str, Any]]:
    """Duties that came nearer since the last look; none where the period is one of days."""
    return frame.read(nearer, news.looks) if news.looks else []


def weighed(frame: Frame, news: News) -> list[Ranked]:
    """Documents that are new, changed or ended, by their weight; the latest `MOST` of them are looked at."""
    ids = tuple(kinds_of(frame, news))[:MOST]
    rows = frame.read(documents_by_name, _RANKED, ids, "d.status <> 'withdrawn' and d.reprint_of is null")
    found = frame.read(reasons, tuple(sorted(rows)), news.wish, frame.today)
    home = frame.read(home_jurisdictions, frame.home.settings.place.region)
    placed = ({**row, "at_home": not home or row["jurisdiction"] in (None, *home)} for row in rows.values())
    return ranked(placed, found)


def kinds_of(frame: Frame, news: News) -> dict[str, str]:
    """The documents that can stand among the first items, with the group each is told in."""
    found: dict[str, str] = {}
    for kind in _MOVERS:
        for row in frame.read(latest_of, news.groups[kind]):
            found.setdefault(row["document_id"], kind)
    return found


def latest_of(publication: Any, selection: Selection) -> list[dict[str, Any]]:
    """Names of the documents of a selection, latest first, as many as are weighed."""
    return pages_listing.list_names(publication, selection, MOST)


def _since_look(delta: Delta) -> dict[str, Selection]:
    return {kind: Selection(kind, told=delta.told(kind), told_once=kind == "new") for kind in GROUPS}


def _of_days(frame: Frame, days: int) -> dict[str, Selection]:
    """New counts by the day of publication, the rest by what we observed."""
    since, day = frame.now - timedelta(days=days), frame.today - timedelta(days=days)
    return {
        "new": Selection("documents", published_from=day, told_once=True),
        "changed": Selection("changed", seen_after=since, unless_published_from=day),
        "repealed": Selection("repealed", ended_from=day),
        "withdrawn": Selection("withdrawn", seen_after=since),
    }


def delta_between(frame: Frame, after: int, upto: int) -> Delta:
    """The delta that an address names, for the documents behind a number."""
    return told(frame.desk.shown.between(after, upto), after, upto)
