"""`govbrief bench search`: whole answers of ours beside the bare tantivy query that is behind each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.bench.figures import Bar, Cell, Part, Progress, table
from warehouse.bench.plan import Plan
from warehouse.bench.questions import COUNT, KINDS, Question, questions
from warehouse.bench.timing import Spread, in_turns, ratio, spread
from warehouse.bodies import BodyPlace
from warehouse.publication import Publication
from warehouse.search.facets import FACETS
from warehouse.search.filters import Filters
from warehouse.search.query import prepare, search

TIMES = 3.0
MILLISECONDS = {100_000: 100.0, 1_000_000: 400.0}  # up to so many documents
ROUNDS = 5
_LIMIT, _WIDTH = 20, 160
_PLACES = "select segment, start_at as start, length from document where document_id in (select unnest(?))"


@dataclass(frozen=True, slots=True)
class _Behind:
    """The tantivy queries that an answer of ours asks."""

    searcher: Any
    found: Any
    ranked: Any

    def top(self) -> list[str]:
        """Count, the best twenty and their ids."""
        answer = self.searcher.search(self.ranked, limit=_LIMIT, count=True, weight_by_field="prior")
        return [self.searcher.doc(address).get_first("id") for _, address in answer.hits]

    def facets(self) -> object:
        """The same aggregation."""
        asked = {name: {"terms": {"field": field, "size": 1000}} for name, field in FACETS.items()}
        return self.searcher.aggregate(self.found, asked)


def bench_search(
    publication: Publication, plan: Plan, progress: Progress | None = None, count: int = COUNT,
    rounds: int = ROUNDS,
) -> Part:  # fmt: skip
    """Ask each kind of question of a publication of made documents, ours and the bare query in turns."""
    report = progress or (lambda stage, done, total: None)
    size = int(publication.manifest["documents"])
    asked = questions(plan, count)
    rows: list[tuple[Cell, ...]] = []
    bars: list[Bar] = []
    values: dict[str, float] = {}
    for number, kind in enumerate(KINDS):
        report(f"search {kind}", number, len(KINDS))
        chosen = [one for one in asked if one.kind == kind]
        own, bare = (spread(times) for times in in_turns(_pairs(publication, chosen), rounds))
        rows.append((kind, own.middle, own.late, bare.middle, bare.late, ratio(own.late, bare.late)))
        bars += _bars(kind, size, own, bare)
        values |= {f"{kind}, ms p50": own.middle, f"{kind}, ms p95": own.late}
    heads = ("kind", "ours p50 ms", "p95", "bare tantivy p50 ms", "p95", "p95, times")
    told = (
        f"{size:,} made documents; {count} questions of each kind, the quickest of {rounds} calls of each. "
        "Ours reads the question, folds copies and makes complete hits, with facets or snippets where the "
        "kind says so; the bare query counts and takes the best twenty, aggregates the same facets, cuts "
        "each text around the word as a string."
    )
    return Part("search", size, told, (table("", heads, rows),), tuple(bars), (), values)


def _pairs(publication: Publication, asked: Sequence[Question]) -> Iterator[tuple[Callable[[], object], ...]]:
    for one in asked:
        yield _ours(publication, one), _bare(publication, one)


def _ours(publication: Publication, asked: Question) -> Callable[[], object]:
    facets = asked.kind in ("faceted", "whole answer")
    snippets = asked.kind in ("with snippets", "whole answer")
    return lambda: search(publication, asked.text, facets=facets, with_snippets=snippets, **asked.filters)


def _bare(publication: Publication, asked: Question) -> Callable[[], object]:
    wanted = prepare(publication, asked.text, Filters(**asked.filters))
    behind = _Behind(wanted.reader.searcher, wanted.found, wanted.ranked())

    def cut() -> object:
        places = publication.rows(_PLACES, [behind.top()])
        return [_cut(publication.body_at(BodyPlace(**place)), asked.words[0]) for place in places]

    if asked.kind == "faceted":
        return lambda: (behind.top(), behind.facets())
    if asked.kind == "with snippets":
        return cut
    return (lambda: (cut(), behind.facets())) if asked.kind == "whole answer" else behind.top


def _cut(paragraphs: Sequence[str], word: str) -> str:
    text = "\n".join(paragraphs)
    at = max(0, text.find(word) - _WIDTH // 4)
    return text[at : at + _WIDTH]


def _bars(kind: str, size: int, own: Spread, bare: Spread) -> Iterator[Bar]:
    name = f"search, {kind}, {size:,}"
    yield Bar(
        f"{name}: p95 in times of the bare query", ratio(own.late, bare.late), TIMES,
        note=f"{own.late} against {bare.late} ms",
    )  # fmt: skip
    limit = next((most for upto, most in MILLISECONDS.items() if size <= upto * 1.1), None)
    if limit is not None:
        yield Bar(f"{name}: p95 in milliseconds", own.late, limit, note=f"p50 {own.middle} ms")
