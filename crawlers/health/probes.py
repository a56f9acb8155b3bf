"""What a run asks for because health wants to see it: canaries, a file of each, further list pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from crawlers.health.contract import lists_of
from crawlers.health.history import examined
from crawlers.health.list_measure import ListMeasure
from crawlers.source import SourceFile
from warehouse.crawl_state.store import CrawlState

_TOKENS = frozenset({"oai_pmh", "sitemap"})  # their further pages have addresses that do not last


def ask_for(state: CrawlState, source: SourceFile, at: datetime) -> None:
    """Make canaries, a file of each and the pages of one list due; all of them are asked conditionally."""
    birds = state.health_table.canaries(source.id)
    visits = state.visit_table.visits(source.id, [one.url for one in birds])
    birds = [one for one in birds if one.url not in visits or not visits[one.url].withdrawn]
    files = [url for one in birds for url in one.reading.get("file_urls", "").split()[:1]]
    runs = examined(state, source.id)
    pages: list[str] = []
    if runs and source.platform not in _TOKENS:
        turn = int(runs[0].measures.get("turn") or 0)
        pages = list(further_pages(lists_of(runs[0].measures), turn))
    state.visit_table.make_due(source.id, [*(one.url for one in birds), *files, *pages], at)


def further_pages(pages: Sequence[ListMeasure], turn: int) -> Iterator[str]:
    """The second and the last known page of the list whose turn it is, as their neighbours name them."""
    by_root: dict[str, list[ListMeasure]] = {}
    for one in pages:
        by_root.setdefault(one.root, []).append(one)
    chains = [
        sorted(chain, key=lambda one: one.depth)
        for _, chain in sorted(by_root.items())
        if any(one.depth == 0 and one.next for one in chain)
    ]
    if not chains:
        return
    chain = chains[turn % len(chains)]
    known: Mapping[str, ListMeasure] = {one.key: one for one in chain}
    second = chain[0].next
    yield second
    if chain[-1].depth > 1 and chain[-1].key in known:
        yield chain[-1].key
