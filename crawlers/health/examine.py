"""The examination at the end of a crawl: what came is measured, held against the contract, and judged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from crawlers.catalogue import Catalogue
from crawlers.health.canaries import NUMBER, Sight, check_canaries, chosen, kept, sights
from crawlers.health.case import Case
from crawlers.health.document_checks import check_documents, check_files, largest_group
from crawlers.health.document_measure import DocumentMeasure, counts, measure_pages
from crawlers.health.evidence import with_pages
from crawlers.health.holding import hold, reader_mark, settle_held
from crawlers.health.kinds import Found, tell, tidy
from crawlers.health.list_checks import check_lists
from crawlers.health.news_checks import NEWEST, check_budget, check_news, lasting, never_obtained
from crawlers.health.paging_checks import check_paging
from crawlers.health.rhythm import check_silence
from crawlers.health.site_checks import check_clock, check_failures, check_key, check_site
from crawlers.health.verdicts import Judged, judge, without_usual
from crawlers.platforms import PLATFORMS
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.records import Capture
from warehouse.run_records import Finding, Observation, SourceHealth

_REMEMBERED = 60  # texts of a run that the next one is compared with
_OUR_REFUSALS = ("refused:out-of-scope", "refused:robots")  # say nothing of the file
_LOOKED_THROUGH = 12  # archived pages among which missing canaries are chosen


@dataclass(frozen=True, slots=True)
class Order:
    """What a run was: `thorough` where it came to its end, `limited` where documents were bounded."""

    run_id: str
    names: Sequence[str]
    replay: bool = False
    thorough: bool = True
    limited: bool = False


def examine(home: Home, state: CrawlState, catalogue: Catalogue, order: Order) -> list[SourceHealth]:
    """Judge every source of a run; keep measures, findings, canaries and alarms; give the run's health.

    Doing it twice changes nothing but the instants.
    """
    counted = state.source_counts(order.run_id)
    rows: list[dict[str, Any]] = []
    settled: list[str] = []
    for name in order.names:
        row = counted.get(name)
        if row is None:
            continue
        judged = _judge(home, state, catalogue, order, name, row)
        if (row["requests"] and order.thorough) or judged.findings:  # else little was learned of its health
            settled.append(name)
        columns = {"verdict": judged.verdict, "detail": judged.detail[:1000]}
        rows.append({"run_id": order.run_id, "source_id": name, "at": row["at"], **columns})
    state.set_counts(rows)
    if not order.replay:
        state.health_table.settle_alarms(order.run_id, settled, home.clock.now())
    return state.health(order.run_id)


def _judge(
    home: Home, state: CrawlState, catalogue: Catalogue, order: Order, name: str, row: Mapping[str, Any]
) -> Judged:
    """The verdict on one source; what explains it is stored on the way."""
    site = list(check_site(row, state.source_state(name), replay=order.replay))
    source = catalogue.sources.get(name)
    if order.replay or source is None:
        return judge(name, row, site)
    site += check_key(source, row)
    if not order.thorough or not (row["fetched"] or row["not_modified"]):
        judged = judge(name, row, site)
        _store(home, state, order.run_id, name, judged)
        return judged
    return _examined(Case.of(home, state, source, order.run_id, row), order, site)


def _examined(case: Case, order: Order, site: Sequence[Found]) -> Judged:
    """Measure, check, judge; hold back what fell below the contract. `site` ended the round early."""
    contract, now = case.contract, case.home.clock.now()
    addresses = [one.url for one in case.canaries]
    met = sights(
        case.canaries,
        case.pages_of(addresses),
        case.failed,
        case.visited(addresses),
        new_reader=case.new_reader,
    )
    told, weak = check_documents(case.pages, contract)
    files, bad_files = _files(case)
    birds, signs = check_canaries(met, contract.weak)
    found = [*site, *birds, *told, *files, *_lists(case), *_rest(case, limited=order.limited or bool(site))]
    judged = judge(case.source.id, without_usual(case.counts, contract.runs), with_pages(case, found))
    held = hold(case.state, case.source.id, _to_hold(case, judged, bad_files), now)
    if judged.holds or any(one.code == "canary-missing" for one in judged.findings):
        case.state.notice_table.hold_withdrawals(case.run_id, case.source.id)
    if held:
        judged = replace(judged, detail=f"{judged.detail} {held} answers are held back.")
    _ask_again(case, judged)
    measures = _measures(case, [*weak, *signs], judged) | {"files_bad": json.dumps(bad_files)}
    mine = Observation(case.run_id, case.source.id, case.began, measures, judged.good)
    case.state.health_table.observe([mine])
    _store(case.home, case.state, case.run_id, case.source.id, judged, held=held)
    if judged.good:
        settle_held(case.home, case.state, case.source, case.began)
    _keep_canaries(case, met, judged)
    return judged


def _to_hold(case: Case, judged: Judged, bad_files: Mapping[str, int]) -> list[Capture]:
    """All of the run, what is no file where a file belongs, or nothing."""
    if judged.holds:
        return case.captures
    return [one for one in case.captures if one.role == "attachment" and one.url in bad_files]


def _files(case: Case) -> tuple[list[Found], dict[str, int]]:
    """Files that pages of this run and the canaries link to now; what they linked to once may be gone."""
    now = {one.url: one.reading for one in case.pages}
    birds = [now.get(one.url, one.reading) for one in case.canaries if one.url not in case.failed]
    watched = {url for reading in birds for url in reading.get("file_urls", "").split()}
    linked = watched | {url for reading in now.values() for url in reading.get("file_urls", "").split()}
    lost = {url: state for url, state in case.failed.items() if url in linked and state not in _OUR_REFUSALS}
    gone = lost | _no_files(case)
    asked = {one.url for one in case.captures if one.role == "attachment"} | set(gone)
    asked |= case.visited(sorted(watched))
    before = json.loads(str(case.contract.previous.get("files_bad") or "{}"))
    return check_files(sorted(asked), gone, sorted(watched), before)


def _ask_again(case: Case, judged: Judged) -> None:
    """News that never came are asked for in the next run too, not only a month later."""
    if any(one.code == "news-unobtained" for one in judged.findings):
        newest = case.state.visit_table.newest_listed(case.source.id, NEWEST)
        missing = [one.url for one in newest if lasting(one, case.began)]
        case.state.visit_table.make_due(case.source.id, missing, case.home.clock.now())


def _no_files(case: Case) -> dict[str, str]:
    """Attached files that answered with a page of text in place of a file, where pages are not attached."""
    if getattr(PLATFORMS[case.source.platform], "attached_pages", False):
        return {}
    return {
        one.url: "page"
        for one in case.captures
        if one.role == "attachment" and one.media_type in ("text/html", "application/xhtml+xml")
    }


def _lists(case: Case) -> Iterator[Found]:
    asked = [one for one in case.lists if one.asked]
    roots = sorted({one.root for one in case.lists})
    listed = {root: case.state.visit_table.listed(case.source.id, root) for root in roots}
    yield from check_lists(asked, case.contract, listed)
    yield from check_paging(case.lists, case.contract, case.failed, listed)


def _rest(case: Case, *, limited: bool) -> Iterator[Found]:
    """Failures, the clock, the number of documents, silence."""
    yield from check_failures(case.starts, case.failed, case.roles, case.answered)
    skew = case.notes.get("skew")
    yield from check_clock(None if skew is None else float(skew), int(case.notes.get("timed") or 0))
    expected, table = case.source.expected, case.state.visit_table
    yield from check_news(table.newest_listed(case.source.id, NEWEST), case.began)
    yield from check_budget(case.short_runs, case.waiting)
    documents = table.held(case.source.id)
    if documents < expected.documents_min and not limited and not table.pending(case.source.id):
        yield tell("too-few", documents=documents, minimum=expected.documents_min)
    if not case.counts["new_documents"]:
        news = table.days_of_news(case.source.id)
        silent = check_silence(news, case.day, expected.silent_days, case.calendar)
        yield from (silent,) if silent else ()


def _measures(case: Case, weak: Sequence[str], judged: Judged) -> dict[str, float | str]:
    """The observation: numbers a contract learns from, lists, and what the next run compares with."""
    previous = case.contract.previous
    same = max(largest_group(case.pages), float(previous.get("same_usual") or 1))
    texts = {one.text: one.url for one in case.pages[:_REMEMBERED] if one.readable or not judged.good}
    lists = [asdict(one) for one in case.lists_to_keep()]
    newest = case.state.visit_table.newest_listed(case.source.id, NEWEST)
    found: dict[str, float | str] = {
        **counts(case.pages),
        "lists": json.dumps(lists, ensure_ascii=False),
        "weak": ",".join(sorted(set(weak))),
        "texts": json.dumps(texts or json.loads(str(previous.get("texts") or "{}"))),
        "same": same,
        "short_runs": case.short_runs,
        "waiting": case.waiting,
        "unobtained": sum(map(never_obtained, newest)),
        "same_usual": same if judged.good else float(previous.get("same_usual") or 1),
        "new": float(case.counts["new_documents"]),
        "day": case.day.isoformat(),
        "works": float(case.calendar.works(case.day)),
        "turn": float(previous.get("turn") or 0) + 1,
        "reader": reader_mark(case.source),
        "doubt": json.dumps(case.doubtful()),
    }
    return found | {name: case.notes[name] for name in ("skew", "timed", "answers") if name in case.notes}


def _keep_canaries(case: Case, met: Sequence[Sight], judged: Judged) -> None:
    """The canaries from now on; after a good run missing ones are chosen among its pages, then older ones."""
    now, source_id = case.home.clock.now(), case.source.id
    canaries = kept(met, now, sound=judged.good)
    if judged.good and len(canaries) < NUMBER:
        canaries = chosen(source_id, canaries, case.pages, now)
        if len(canaries) < min(NUMBER, case.state.visit_table.held(source_id)):
            canaries = chosen(source_id, canaries, _older_pages(case), now)
    case.state.health_table.set_canaries(source_id, canaries)


def _older_pages(case: Case) -> list[DocumentMeasure]:
    recent = case.state.visit_table.recent_pages(case.source.id, _LOOKED_THROUGH)
    return measure_pages(case.home.archive, case.source, recent)


def _store(
    home: Home, state: CrawlState, run_id: str, source_id: str, judged: Judged, *, held: int = 0
) -> None:
    """Keep the findings of a source."""
    extra: dict[str, float | str] = {"held": held} if held else {}
    findings = [
        Finding(
            run_id,
            source_id,
            one.code,
            one.calls_for,
            one.sentence(source_id),
            {**tidy(one.values), **extra},
            home.clock.now(),
            one.good,
            one.bad,
        )
        for one in judged.findings
    ]
    state.health_table.set_findings(run_id, source_id, findings)
