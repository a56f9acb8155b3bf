"""One crawl from order to report: choose the sources, repair what a kill left, fetch in a process, judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from crawlers.catalogue import Catalogue, load_catalogue
from crawlers.confirm import confirm
from crawlers.fetching import Fetching, Progress, fetch
from crawlers.health import exit_code
from crawlers.health.examine import Order, examine
from crawlers.health.probes import ask_for
from crawlers.job import Job
from crawlers.letter import letter_for
from crawlers.replay import prepare_replay
from crawlers.report import write_report
from crawlers.schedule import is_due, resting
from crawlers.source import SourceFile
from crawlers.spiders.requests import start_requests
from warehouse.crawl_state.cards import epoch
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home
from warehouse.records import CrawlRun, SourceHealth

ROLES = ("detail", "attachment", "list", "feed", "api")
TRIES = 3  # failures in a row after which an address waits for its own day
_PLANNED = 10_000


@dataclass(frozen=True, slots=True)
class Planned:
    """An address a crawl would ask for."""

    source_id: str
    role: str
    url: str


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """What a crawl did; a rehearsal only fills `planned` and `skipped`."""

    run_id: str | None
    sources: dict[str, SourceHealth] = field(default_factory=dict)
    exit_code: int = 0
    outcome: str = "done"
    planned: tuple[Planned, ...] = ()
    skipped: dict[str, str] = field(default_factory=dict)  # source -> why it was not asked
    report: Path | None = None
    seconds: float = 0.0  # of fetching, without start and end of the process


def crawl(
    home: Home,
    source_ids: Sequence[str] | None,
    *,
    due: bool = False,
    all_: bool = False,
    max_documents: int | None = None,
    dry_run: bool = False,
    resolve: Mapping[str, tuple[str, int]] | None = None,
    replay: Path | None = None,
    progress: Progress | None = None,
    connections: int = 1,
) -> CrawlSummary:
    """Fetch into the archive: the named sources, all enabled ones, or (the default) those that are due.

    What was acknowledged is never lost, not by a kill either; a source that fails stops no other.
    """
    catalogue = load_catalogue(home, sample=bool(home.settings.clock.now))
    if replay is not None:
        return _replay(home, catalogue, replay, dry_run, progress)
    chosen = _choose(catalogue, source_ids)
    _check_contact(home, chosen)
    with CrawlState.open(home) as state:
        asked, skipped = _ready(home, state, chosen, only_due=not source_ids and not all_)
        if dry_run:
            return CrawlSummary(None, planned=_plan(home, state, asked), skipped=skipped)
        state.repair(home.archive)
        if not asked and not skipped:
            return CrawlSummary(None)
        run_id = state.new_run("crawl", [source.id for source in asked])
        _record_skipped(state, run_id, skipped, home.clock.now())
        _prepare(home, state, asked)
        job = Job(
            run_id,
            str(home.root),
            catalogue.sample,
            tuple(source.id for source in asked),
            resolve or {},
            max_documents,
            connections,
            budgets={source.id: _budget(home, state, source) for source in asked},
        )
        names = [*job.sources, *skipped]
        return _carry_out(home, state, catalogue, job, names, _announce(progress), skipped)


def _choose(catalogue: Catalogue, source_ids: Sequence[str] | None) -> list[SourceFile]:
    chosen = catalogue.select(source_ids)
    if not source_ids:
        return [source for source in chosen if source.enabled]
    for source in chosen:
        if not source.enabled:
            raise UserError(
                f"{source.id} is disabled ({source.disabled_reason}); 'govbrief sources enable {source.id}' "
                "turns it on if you know better."
            )
    return chosen


def _check_contact(home: Home, chosen: Sequence[SourceFile]) -> None:
    """A real site is told whom to write to, or it is not asked."""
    real = [source.id for source in chosen if not source.sample]
    if real and not home.settings.crawl.contact.strip():
        raise UserError(
            f"{home.root / 'govbrief.toml'}: [crawl] contact is empty; write a mail address or page, so that "
            f"the owner of {real[0]} can reach you, then crawl."
        )


def _ready(
    home: Home, state: CrawlState, chosen: Sequence[SourceFile], *, only_due: bool
) -> tuple[list[SourceFile], dict[str, str]]:
    """Sources to ask now, and why others are left alone (not being due is no reason worth telling)."""
    now = home.clock.now()
    asked: list[SourceFile] = []
    skipped: dict[str, str] = {}
    for source in chosen:
        row = state.source_state(source.id)
        if only_due and not is_due(source, row, now):
            continue
        waiting = row["breaker"] in {"open", "blocked"} and (row["breaker_until"] or 0) > epoch(now)
        reason = f"{row['detail']}; left alone" if waiting else resting(source, home, now)
        if reason:
            skipped[source.id] = reason
        else:
            asked.append(source)
    return asked, skipped


def _prepare(home: Home, state: CrawlState, asked: Sequence[SourceFile]) -> None:
    """Start lists are due, recent failures get another try, an open breaker becomes half-open."""
    now = home.clock.now()
    state.frontier.wake_failed([source.id for source in asked], TRIES, now)
    for source in asked:
        row = state.source_state(source.id)
        half = row["breaker"] in {"open", "blocked"}
        changes = {"breaker": "half-open"} if half else {}
        state.set_source_state(source.id, last_started_at=epoch(now), **changes)
        state.frontier.discover(source.id, start_requests(source), now)
        ask_for(state, source, now)


def _budget(home: Home, state: CrawlState, source: SourceFile) -> int:
    """Requests the source may get in this run: the home's bound, and what is left of the day's."""
    bound = home.settings.crawl.requests_per_run
    if source.sample:
        return bound
    used = state.requests_since(source.id, home.clock.now() - timedelta(hours=24))
    return max(0, min(bound, source.impact.requests_per_day - used))


def _plan(home: Home, state: CrawlState, asked: Sequence[SourceFile]) -> tuple[Planned, ...]:
    plan = [Planned(source.id, item.role, item.url) for source in asked for item in start_requests(source)]
    known = {(item.source_id, item.url) for item in plan}
    waiting = state.frontier.planned([source.id for source in asked], ROLES, home.clock.now(), _PLANNED)
    return (*plan, *(Planned(*row) for row in waiting if (row[0], row[2]) not in known))


def _record_skipped(state: CrawlState, run_id: str, skipped: Mapping[str, str], at: datetime) -> None:
    state.set_counts(
        [
            {"run_id": run_id, "source_id": name, "at": epoch(at), "detail": why}
            for name, why in skipped.items()
        ]
    )


def _replay(
    home: Home, catalogue: Catalogue, folder: Path, dry_run: bool, progress: Progress | None
) -> CrawlSummary:
    names = prepare_replay(home, catalogue, folder)
    if dry_run:
        return CrawlSummary(None, planned=tuple(Planned(name, "replay", str(folder)) for name in names))
    with CrawlState.open(home) as state:
        state.repair(home.archive)
        run_id = state.new_run("replay", names)
        job = Job(run_id, str(home.root), catalogue.sample, names, replay=str(folder.resolve()))
        return _carry_out(home, state, catalogue, job, list(names), _announce(progress), {})


def _carry_out(
    home: Home,
    state: CrawlState,
    catalogue: Catalogue,
    job: Job,
    names: list[str],
    announce: Callable[[str, int, int], None],
    skipped: dict[str, str],
) -> CrawlSummary:
    """Fetch, judge, close the run, report."""
    ended, seconds = "failed", 0.0
    try:
        fetching = fetch(state, job, announce) if job.sources else Fetching(0, 0.0)
        ended, seconds = "interrupted" if fetching.code else "done", fetching.seconds
        confirm(home, state, catalogue, job.run_id)
        _prepare_letters(home, state, catalogue, job.run_id, names)
    finally:
        whole, limited = ended == "done", job.max_documents is not None
        order = Order(job.run_id, names, job.replay is not None, whole, limited)
        health = examine(home, state, catalogue, order)
        _remember_success(home, state, health)
        answer = exit_code(row.verdict for row in health)
        outcome = _outcome(ended, answer)
        state.end_run(job.run_id, outcome)
    run = _run(state, job.run_id)
    final = answer or (3 if outcome == "interrupted" else 0)
    report = write_report(home, state, run, health, final)
    verdicts = {row.source_id: row for row in health}
    return CrawlSummary(job.run_id, verdicts, final, outcome, (), skipped, report, seconds)


def _prepare_letters(
    home: Home, state: CrawlState, catalogue: Catalogue, run_id: str, names: Sequence[str]
) -> None:
    """A letter to the owner of every site that refuses us; the run's remark says where it lies."""
    counts = state.source_counts(run_id)
    rows = []
    for name in names:
        breaker = state.source_state(name)
        if breaker["breaker"] != "blocked" or name not in catalogue.sources:
            continue
        file = letter_for(home, state, catalogue.sources[name], str(breaker["detail"]))
        said = str(counts.get(name, {}).get("detail") or breaker["detail"])
        detail = f"{said}; a letter to the site's owner lies in {file.as_posix()}"
        rows.append({"run_id": run_id, "source_id": name, "at": epoch(home.clock.now()), "detail": detail})
    state.set_counts(rows)


def _outcome(ended: str, answer: int) -> str:
    if ended != "done":
        return ended
    return {0: "done", 3: "partial"}.get(answer, "failed")


def _remember_success(home: Home, state: CrawlState, health: Sequence[SourceHealth]) -> None:
    now = epoch(home.clock.now())
    for row in health:
        if row.fetched or row.not_modified:
            changes = {"last_new_at": now} if row.new_documents or row.changed else {}
            state.set_source_state(row.source_id, last_success_at=now, **changes)


def _run(state: CrawlState, run_id: str) -> CrawlRun:
    for run in state.runs():
        if run.run_id == run_id:
            return run
    raise NothingUsable(f"The run {run_id} is not in the crawl state any more.")


def _announce(progress: Progress | None) -> Callable[[str, int, int], None]:
    def announce(source_id: str, fetched: int, requests: int) -> None:
        if progress is not None:
            progress(source_id, fetched, requests)

    return announce
