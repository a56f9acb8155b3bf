"""One crawl from order to report: choose the sources, repair what a kill left, fetch in a process, judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crawlers.catalogue import Catalogue, load_catalogue
from crawlers.choosing import WATCH, Planned, Which, budget, choose, plan, prepare, record_skipped
from crawlers.confirm import confirm
from crawlers.fetching import Fetching, Progress, fetch
from crawlers.health import exit_code
from crawlers.health.examine import Order, examine
from crawlers.health.glance import glance
from crawlers.job import Job
from crawlers.letter import letter_for
from crawlers.own_network import own_network
from crawlers.replay import prepare_replay
from crawlers.report import write_report
from warehouse.crawl_state.cards import epoch
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import NothingUsable
from warehouse.home import Home
from warehouse.run_records import CrawlRun, SourceHealth


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
    remark: str = ""  # on the run as a whole


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
    watch: bool = False,
) -> CrawlSummary:
    """Fetch into the archive: the named sources, all enabled ones, or (the default) those that are due.

    With `watch`, only the start lists of watched sources whose time has come, and what is new there. What was
    acknowledged is never lost, not by a kill either; a source that fails stops no other.
    """
    catalogue = load_catalogue(home, sample=bool(home.settings.clock.now))
    if replay is not None:
        return _replay(home, catalogue, replay, dry_run, progress)
    which: Which = "watched" if watch else "named" if source_ids else "all" if all_ else "due"
    with CrawlState.open(home) as state:
        if not dry_run:
            state.repair(home.archive)
        choice = choose(home, state, catalogue, source_ids, which)
        skipped = dict(choice.skipped)
        if dry_run:
            planned = plan(home, state, choice.asked, watch=watch)
            return CrawlSummary(None, planned=planned, skipped={**skipped, **choice.not_due})
        if not choice.asked and not skipped:
            return CrawlSummary(None)
        run_id = state.new_run(WATCH if watch else "crawl", [source.id for source in choice.asked])
        wrong = prepare(home, state, choice.asked, watch=watch)
        record_skipped(state, run_id, skipped | wrong, home.clock.now())
        asked = [source for source in choice.asked if source.id not in wrong]
        job = Job(
            run_id,
            str(home.root),
            catalogue.sample,
            tuple(source.id for source in asked),
            resolve or {},
            max_documents,
            connections,
            budgets={source.id: budget(home, state, source) for source in asked},
            watch=watch,
        )
        names = [*job.sources, *skipped, *wrong]
        summary = _carry_out(home, state, catalogue, job, names, _announce(progress), skipped | wrong)
        return replace(summary, exit_code=summary.exit_code or 3) if wrong else summary


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
    ended, seconds, remark = "failed", 0.0, ""
    try:
        fetching = fetch(state, job, announce) if job.sources else Fetching(0, 0.0)
        ended, seconds = "interrupted" if fetching.code else "done", fetching.seconds
        remark = own_network(state, catalogue, job)
        confirm(home, state, catalogue, job.run_id)
        _prepare_letters(home, state, catalogue, job.run_id, names)
    finally:
        whole, limited = ended == "done", job.max_documents is not None
        order = Order(job.run_id, names, job.replay is not None, whole, limited)
        if job.watch and whole:
            health = glance(home, state, catalogue, job.run_id, names)
        else:
            health = examine(home, state, catalogue, order)
        _remember_success(home, state, health)
        answer = exit_code(row.verdict for row in health)
        outcome = _outcome(ended, answer)
        state.end_run(job.run_id, outcome)
    run = _run(state, job.run_id)
    final = answer or (3 if outcome == "interrupted" else 0)
    report = write_report(home, state, run, health, final, remark)
    verdicts = {row.source_id: row for row in health}
    return CrawlSummary(job.run_id, verdicts, final, outcome, (), skipped, report, seconds, remark)


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
        if file is None:
            continue
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
