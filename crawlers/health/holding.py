"""Documents of a run below its contract wait here, so that they replace nothing that is published."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from crawlers.catalogue import Catalogue
from crawlers.extraction.version import EXTRACTOR_VERSION
from crawlers.health.contract import RELEASED, TAUGHT_BY
from crawlers.health.document_measure import DocumentMeasure, measure_pages
from crawlers.health.history import examined
from crawlers.source import SourceFile
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.records import Capture
from warehouse.run_records import Observation

_ROLES = ("detail", "attachment")


def hold(state: CrawlState, source_id: str, captures: Sequence[Capture], at: datetime) -> int:
    """Hold a run's document pages and files back and have their addresses asked again; how many they are."""
    held = [one for one in captures if one.role in _ROLES and one.kind == "fetched"]
    mine, addresses = {one.capture_id for one in held}, {one.url for one in held}
    older = [one for one in state.captures_standing("held", source_id) if one.capture_id not in mine]
    state.set_standing([one.capture_id for one in older if one.url in addresses], "dropped")
    state.set_standing(sorted(mine), "held")
    state.visit_table.unlearn(source_id, held, at)
    return len(held)


def settle_held(home: Home, state: CrawlState, source: SourceFile, since: datetime) -> int:
    """After a sound run: what was asked again is dropped, what was not and reads soundly now is released.

    Gives the number of released captures.
    """
    waiting = state.captures_standing("held", source.id)
    visits = state.visit_table.visits(source.id, {one.url for one in waiting})
    seen = {url for url, visit in visits.items() if visit.fetched_at and visit.fetched_at >= since}
    seen |= {url for url, visit in visits.items() if visit.state == "gone"}
    state.set_standing([one.capture_id for one in waiting if one.url in seen], "dropped")
    state.notice_table.settle_withdrawals(source.id)
    return _release_sound(home, state, source, [one for one in waiting if one.url not in seen])


def release_readable(home: Home, state: CrawlState, catalogue: Catalogue) -> int:
    """Release held pages that read soundly since the source's file or our readers changed; how many."""
    waiting = state.captures_standing("held")
    released = 0
    for source_id in sorted({one.source_id for one in waiting}):
        source = catalogue.sources.get(source_id)
        last = examined(state, source_id)
        if source is None or not last or last[0].measures.get("reader") == reader_mark(source):
            continue
        mine = [one for one in waiting if one.source_id == source_id]
        released += _release_sound(home, state, source, mine)
    return released


def release(home: Home, state: CrawlState, catalogue: Catalogue, source_id: str) -> int:
    """Release everything held of a source, because a person looked at it; how many captures that were.

    What canaries said before is forgotten too: the next sound run chooses them anew. And the runs teach the
    contract from now on, so that what a person found to be right is no finding again.
    """
    waiting = state.captures_standing("held", source_id)
    state.set_standing([one.capture_id for one in waiting], "good")
    state.notice_table.settle_withdrawals(source_id)
    if waiting:
        _teach(state, source_id, {one.run_id for one in waiting})
    state.health_table.set_canaries(source_id, [])
    return len(waiting)


def _teach(state: CrawlState, source_id: str, runs: Collection[str]) -> None:
    """Take the runs that held captures back for sound; of a killed run, the latest examined one."""
    recent = examined(state, source_id, TAUGHT_BY)
    taught = [one for one in recent if one.run_id in runs] or recent[:1]
    state.health_table.observe(
        replace(one, sound=True, measures={**one.measures, RELEASED: 1, "same_usual": _same(one)})
        for one in taught
        if not one.sound
    )


def _same(one: Observation) -> float | str:
    return one.measures.get("same") or one.measures.get("same_usual") or 1


def reader_mark(source: SourceFile | None) -> str:
    """Changes when our readers or the source's file do."""
    told = source.model_dump_json() if source else ""
    return digest(EXTRACTOR_VERSION, told)


def well(page: DocumentMeasure) -> bool:
    """Whether a page may leave: a document, its text from a known place, under the title its list gave."""
    wanted = {"place", "agrees"} & page.judged
    return page.sound and wanted <= page.filled


def _release_sound(home: Home, state: CrawlState, source: SourceFile, waiting: Sequence[Capture]) -> int:
    pages = [one for one in waiting if one.role == "detail"]
    good = {one.capture_id for one in measure_pages(home.archive, source, pages) if well(one)}
    whose = {one.url for one in pages if one.capture_id in good}
    good |= {one.capture_id for one in waiting if one.role == "attachment" and one.parent_url in whose}
    state.set_standing(sorted(good), "good")
    return len(good)
