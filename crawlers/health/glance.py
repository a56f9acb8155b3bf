"""The verdicts of a watch: counters, and the new pages held against the contract; all else waits for a night.

Lists are not compared, canaries not asked, silence not judged: a watch sees too little for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crawlers.catalogue import Catalogue
from crawlers.health.case import Case
from crawlers.health.document_checks import check_documents
from crawlers.health.document_measure import DocumentMeasure
from crawlers.health.evidence import with_pages
from crawlers.health.holding import hold
from crawlers.health.verdicts import Judged, judge
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.run_records import Finding, SourceHealth

_USUAL = 0.9  # share of a source's pages from which every new one is expected to be so
_EXPECTED = ("title", "text", "clear", "whole", "place", "agrees")


def glance(
    home: Home, state: CrawlState, catalogue: Catalogue, run_id: str, names: Sequence[str]
) -> list[SourceHealth]:
    """Judge the sources of a watch and hold back what is no document of theirs; gives the run's health.

    What is held is asked again by the next watch or night. Alarms stay with the nights, which see it all.
    """
    counted = state.source_counts(run_id)
    rows: list[dict[str, Any]] = []
    for name in names:
        counts = counted.get(name)
        if counts is None:
            continue
        judged = _by_counters(state, name, counts)
        if judged.good and counts["fetched"] and name in catalogue.sources:
            judged = _by_pages(Case.of(home, state, catalogue.sources[name], run_id, counts), judged)
        columns = {"verdict": judged.verdict, "detail": judged.detail[:1000]}
        rows.append({"run_id": run_id, "source_id": name, "at": counts["at"], **columns})
    state.set_counts(rows)
    return state.health(run_id)


def _by_counters(state: CrawlState, name: str, counts: Mapping[str, Any]) -> Judged:
    verdict = "ok" if counts["new_documents"] else "quiet"
    if state.source_state(name)["breaker"] == "blocked":
        verdict = "blocked"
    elif counts["requests"] and not counts["fetched"] + counts["not_modified"]:
        verdict = "broken"
    return Judged(verdict, str(counts.get("detail") or ""))


def _by_pages(case: Case, counted: Judged) -> Judged:
    """The verdict when the new pages were read; all of them are held back, or those that look strange."""
    told, _ = check_documents(case.pages, case.contract)
    judged = judge(case.source.id, case.counts, with_pages(case, told)) if told else counted
    strange = {one.url for one in case.pages if not _expected(case, one)}
    held = [
        one
        for one in case.captures
        if judged.holds or one.url in strange or (one.parent_url or "") in strange
    ]
    number, now = hold(case.state, case.source.id, held, case.home.clock.now()), case.home.clock.now()
    came = {one.url for one in case.captures} - {one.url for one in held}
    older = [one for one in case.state.captures_standing("held", case.source.id) if one.url in came]
    case.state.set_standing([one.capture_id for one in older], "dropped")
    findings = [
        Finding(
            case.run_id,
            case.source.id,
            one.code,
            one.calls_for,
            one.sentence(case.source.id),
            {**one.values, "held": number},
            now,
            one.good,
            one.bad,
        )
        for one in judged.findings
    ]
    case.state.health_table.set_findings(case.run_id, case.source.id, findings)
    if not number:
        return judged
    detail = f"{judged.detail} {number} answers are held back.".strip()
    return Judged(judged.verdict, detail, judged.findings)


def _expected(case: Case, page: DocumentMeasure) -> bool:
    """Whether a page, taken alone, has what nearly all pages of the source have."""
    if not page.readable and case.contract.usual_share("text") >= _USUAL:
        return False
    usual = {name for name in _EXPECTED if case.contract.usual_share(name) >= _USUAL}
    return usual & page.judged <= page.filled
