"""Before the fetching: which sources are asked, why others are not, and what they may cost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from crawlers.catalogue import Catalogue
from crawlers.credential import missing_key
from crawlers.health.probes import ask_for
from crawlers.schedule import BUDGET_DAY, due_at, is_due, resting, watch_rest
from crawlers.source import SourceFile
from crawlers.spiders.requests import start_requests
from warehouse.crawl_state.cards import epoch
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import UserError
from warehouse.home import Home

Which = Literal["due", "all", "named", "watched"]
ROLES = ("detail", "attachment", "list", "feed", "api")
TRIES = 3  # failures in a row after which an address waits for its own day
WATCH = "watch"  # the kind of run that only looks at the lists of watched sources
_PLANNED = 10_000


@dataclass(frozen=True, slots=True)
class Planned:
    """An address a crawl would ask for."""

    source_id: str
    role: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Sources to ask now, and why others are left alone; `not_due` is no reason worth a remark."""

    asked: tuple[SourceFile, ...]
    skipped: Mapping[str, str] = field(default_factory=dict)
    not_due: Mapping[str, str] = field(default_factory=dict)


def choose(
    home: Home, state: CrawlState, catalogue: Catalogue, ids: Sequence[str] | None, which: Which
) -> Choice:
    """The sources of a crawl; UserError for an unknown or disabled one, or when nobody could reach us."""
    chosen = _wanted(catalogue, ids)
    _check_settings(home, chosen)
    now = home.clock.now()
    asked: list[SourceFile] = []
    skipped: dict[str, str] = {}
    not_due: dict[str, str] = {}
    watched = state.last_runs(WATCH) if which == "watched" else {}
    for source in chosen:
        row = state.source_state(source.id)
        waiting = row["breaker"] in {"open", "blocked"} and (row["breaker_until"] or 0) > epoch(now)
        if which == "watched":
            rest = watch_rest(source, row, watched.get(source.id), now, home)
            if rest is not None or waiting:
                not_due[source.id] = rest or f"{row['detail']}; left alone"
                continue
        elif which == "due" and not is_due(source, row, now):
            not_due[source.id] = f"not due before {due_at(source, row):%Y-%m-%d %H:%M} UTC"
            continue
        reason = f"{row['detail']}; left alone" if waiting else None
        if which != "watched":
            reason = reason or resting(source, home, now)
        if reason:
            skipped[source.id] = reason
        else:
            asked.append(source)
    return Choice(tuple(asked), skipped, not_due)


def prepare(
    home: Home, state: CrawlState, asked: Collection[SourceFile], *, watch: bool = False
) -> dict[str, str]:
    """Make start lists due, wake recent failures, half-open breakers; gives the sources that cannot start:
    for a start address that does not fit, or for want of the key that they ask for.

    A watch leaves the full visit due as it was, and asks for nothing that health wants to see.
    """
    now = home.clock.now()
    wrong: dict[str, str] = {}
    if not watch:
        state.frontier.wake_failed([source.id for source in asked], TRIES, now)
    for source in asked:
        keyless = missing_key(source)
        if keyless:
            wrong[source.id] = keyless
            continue
        try:
            starts = start_requests(source)
        except UserError as error:
            wrong[source.id] = str(error)
            continue
        changes: dict[str, object] = {} if watch else {"last_started_at": epoch(now)}
        if state.source_state(source.id)["breaker"] in {"open", "blocked"}:
            changes["breaker"] = "half-open"
        if changes:
            state.set_source_state(source.id, **changes)
        state.frontier.discover(source.id, starts, now)
        if not watch:
            ask_for(state, source, now)
    return wrong


def budget(home: Home, state: CrawlState, source: SourceFile) -> int:
    """Requests the source may get in this run: the home's bound, and what is left of the day's.

    A run counts for the day from its beginning on; a sample has only the bounds that its file names.
    """
    bound = home.settings.crawl.requests_per_run
    if source.sample and "requests_per_day" not in source.impact.model_fields_set:
        return bound
    now = home.clock.now()
    used = state.requests_between(source.id, now - BUDGET_DAY, now)
    return max(0, min(bound, source.impact.requests_per_day - used))


def plan(home: Home, state: CrawlState, asked: Sequence[SourceFile], *, watch: bool) -> tuple[Planned, ...]:
    """What would be asked first; nothing is touched."""
    starts = [Planned(source.id, item.role, item.url) for source in asked for item in start_requests(source)]
    if watch:
        return tuple(starts)
    known = {(item.source_id, item.url) for item in starts}
    waiting = state.frontier.planned([source.id for source in asked], ROLES, home.clock.now(), _PLANNED)
    return (*starts, *(Planned(*row) for row in waiting if (row[0], row[2]) not in known))


def record_skipped(state: CrawlState, run_id: str, skipped: Mapping[str, str], at: datetime) -> None:
    """Rows of the run for sources that were left alone, with the reason."""
    state.set_counts(
        [
            {"run_id": run_id, "source_id": name, "at": epoch(at), "detail": why}
            for name, why in skipped.items()
        ]
    )


def _wanted(catalogue: Catalogue, ids: Sequence[str] | None) -> list[SourceFile]:
    chosen = catalogue.select(ids)
    if not ids:
        return [source for source in chosen if source.enabled]
    for source in chosen:
        if not source.enabled:
            raise UserError(
                f"{source.id} is disabled ({source.disabled_reason}); 'govbrief sources enable {source.id}' "
                "turns it on if you know better."
            )
    return chosen


def _check_settings(home: Home, chosen: Sequence[SourceFile]) -> None:
    """A real site is told whom to write to, or it is not asked; a proxy is one that can be used."""
    proxy = urlsplit(home.settings.crawl.proxy)
    if home.settings.crawl.proxy and (proxy.scheme != "http" or not proxy.hostname):
        raise UserError(
            f"{home.root / 'govbrief.toml'}: [crawl] proxy is no address of a proxy; write one like "
            '"http://proxy.example:3128", or leave it empty.'
        )
    real = [source.id for source in chosen if not source.sample]
    if real and not home.settings.crawl.contact.strip():
        raise UserError(
            f"{home.root / 'govbrief.toml'}: [crawl] contact is empty; write a mail address or page, so that "
            f"the owner of {real[0]} can reach you, then crawl."
        )
