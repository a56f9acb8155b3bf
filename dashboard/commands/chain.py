"""The four steps every chain of work is made of, shared by `run`, `demo` and the single verbs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.commands.console import Console, plain
from dashboard.commands.sample_home import is_sample, site_addresses
from dashboard.findings import shortened
from warehouse.errors import GovbriefError, UserError
from warehouse.home import Home

# The crawl counts addresses; documents are what extraction and publication make of them.
NAMES = {"new_documents": "new pages", "changed": "changed pages", "withdrawn": "withdrawn pages"}
LEFT_OUT = ("source_id", "run_id", "at", "exit_code", "bytes", "report")


@dataclass(frozen=True, slots=True)
class ChainResult:
    """What the whole chain did, one summary a step, and the exit code it earned."""

    steps: dict[str, Any]
    exit_code: int


def catalogue_of(home: Home | None) -> Any:
    """The catalogue a home works with: the sample's or the real one, never both."""
    from crawlers.catalogue import load_catalogue

    return load_catalogue(home, sample=home is not None and is_sample(home))


def tell_faults(home: Home | None, console: Console) -> int:
    """Name the home's source files that do not fit; 3 when there are any, since the rest goes on without."""
    faults = catalogue_of(home).faults
    for fault in faults.values():
        console.error(fault)
    return 3 if faults else 0


def crawl_step(
    home: Home,
    console: Console,
    source_ids: Sequence[str] | None = None,
    *,
    due: bool = False,
    all_: bool = False,
    max_documents: int | None = None,
    dry_run: bool = False,
    replay: Any = None,
    watch: bool = False,
) -> Any:
    """Fetch into the archive and tell of it; the sample province's servers run as long as the crawl does."""
    from crawlers.run import crawl
    from dashboard.commands.telling import after_crawl

    with site_addresses(home) as addresses:
        summary = crawl(
            home,
            source_ids or None,
            due=due,
            all_=all_,
            max_documents=max_documents,
            dry_run=dry_run,
            resolve=addresses,
            replay=replay,
            progress=console.progress,
            watch=watch,
        )
    after_crawl(home, console, summary.report)
    return summary


def extract_step(home: Home, console: Console, *, again: bool = False) -> Any:
    """From the archive to documents."""
    from crawlers.extract import extract_pending

    return extract_pending(home, catalogue_of(home), again=again, progress=console.progress)


def classify_step(home: Home, console: Console, *, again: bool = False) -> Any:
    """Labels, citations and duties for what is new."""
    from classify.run import classify_pending

    return classify_pending(home, again=again, progress=console.progress)


def publish_step(
    home: Home,
    console: Console,
    *,
    replayed: bool = False,
    force: bool = False,
    whole: bool = False,
    over_received: bool = False,
) -> Any:
    """Networks, checks, index and publication; refused where the current one came as a bundle, until told."""
    from classify.network import update_networks
    from warehouse.database import Warehouse
    from warehouse.desk.desk import Desk
    from warehouse.publish import publish
    from warehouse.receive import current_is_received
    from warehouse.series import bake_marks

    if current_is_received(home) and not over_received:
        raise UserError(
            f"What is current in {home.root} came as a bundle;"
            " 'govbrief publish --replace-received' replaces it."
        )
    with Desk.open(home) as desk, Warehouse.open(home) as warehouse:
        bake_marks(warehouse, desk.number_marks.holding())
    summary = publish(
        home, replayed=replayed, force=force, whole=whole, progress=console.progress, networks=update_networks
    )
    log_shown(home, console)
    check_evidence(home, console)
    recheck_reports(home, console)
    return summary


def log_shown(home: Home, console: Console) -> None:
    """Log what the current publication shows otherwise than the last; where that fails, a page does it."""
    from warehouse.desk.desk import Desk
    from warehouse.errors import EnvironmentProblem
    from warehouse.shown import log_current

    try:
        with Desk.open(home) as desk:
            log_current(home, desk)
    except EnvironmentProblem as error:
        console.say(str(error))


def check_evidence(home: Home, console: Console) -> None:
    """Look for every passage of the evidence basket in what is published now, and mark what changed."""
    from warehouse.basket_check import check_basket
    from warehouse.desk.desk import Desk
    from warehouse.errors import EnvironmentProblem
    from warehouse.publication import Publication

    try:
        with Desk.open(home) as desk:
            # A desk without passages needs no publication opened, which this process would keep open.
            publication = Publication.current(home) if desk.basket.pins.watched() else None
            if publication is None:
                return
            checked = check_basket(publication, desk)
    except EnvironmentProblem as error:
        console.say(str(error))
        return
    if checked.moved or checked.attention:
        console.say(
            f"Evidence basket: {checked.items:,} passages looked for, {checked.moved:,} found at another"
            f" place, {checked.attention:,} need attention."
        )


def recheck_reports(home: Home, console: Console) -> None:
    """Note for the readers of signed reports which documents these cite were repealed or changed since."""
    from dashboard.checking.recheck import recheck_issues
    from warehouse.desk.desk import Desk
    from warehouse.errors import EnvironmentProblem
    from warehouse.publication import Publication

    try:
        with Desk.open(home) as desk:
            publication = Publication.current(home) if desk.issues.all(state="signed") else None
            if publication is None:
                return
            done = recheck_issues(publication, desk)
    except EnvironmentProblem as error:
        console.say(str(error))
        return
    if done.notices:
        console.say(
            f"Signed reports: {done.issues:,} looked at, {done.notices:,} new notices for their readers."
        )


def run_chain(home: Home, console: Console, *, due: bool, watch: bool = False) -> ChainResult:
    """Crawl, extract, classify, publish; a partial crawl does not keep the rest from being published.

    The code is the crawl's, else extraction's; 3 too when an alarm nobody has acknowledged is open. The
    report tells the same code.
    """
    from dashboard.commands.state import asks_for_a_look, faults_count
    from dashboard.commands.telling import code_of, measure, settle_code

    broken = tell_faults(home, console)
    crawled = crawl_step(home, console, due=due, all_=not due and not watch, watch=watch)
    steps: dict[str, Any] = {"crawl": crawled}
    if watch and crawled.run_id is None:  # no watched source's time has come
        return ChainResult(steps, 3 if broken and faults_count(home) else 0)
    try:
        steps["extract"] = extracted = extract_step(home, console)
        steps["classify"] = classify_step(home, console)
        steps["publish"] = publish_step(home, console)
    except GovbriefError as error:
        settle_code(home, crawled.report, error.exit_code, str(error))
        raise
    measure(home, console)  # once more, now that the publication is a new one
    code = code_of(home, crawled) or int(extracted.exit_code) or (3 if asks_for_a_look(home) else 0)
    settle_code(home, crawled.report, code)
    return ChainResult(steps, code)


def summary_lines(steps: Mapping[str, Any]) -> list[str]:
    """One line a step, and one a source, for a person: what is not zero."""
    lines = []
    for name, summary in steps.items():
        facts = plain(summary)
        each = facts.pop("sources", None)
        names = NAMES if name == "crawl" else {}
        lines.append(f"{name}: {_sentence(facts, names)}")
        if isinstance(each, Mapping):
            lines.extend(f"  {source}: {_sentence(counts, names)}" for source, counts in each.items())
    return lines


def _sentence(summary: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return shortened(", ".join(dict.fromkeys(_facts(summary, names)))) or "nothing to do"


def _facts(summary: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    for key, value in summary.items():
        said = names.get(key) or key.replace("_", " ")
        if isinstance(value, Mapping):
            yield from _facts(value, names)
        elif key in LEFT_OUT or not value:
            continue
        elif isinstance(value, bool):
            yield said
        elif isinstance(value, int):
            yield f"{said} {value:,}"
        elif isinstance(value, str):
            yield value if key in ("verdict", "detail", "outcome", "remark") else f"{said} {value}"
