"""`govbrief bench index`: documents a second of our index writer beside a bare tantivy writer, and others."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from warehouse.bench import engines
from warehouse.bench.documents import LANGUAGES, real_documents, scale_documents
from warehouse.bench.figures import Bar, Part, Progress, Table, table
from warehouse.bench.timing import ratio
from warehouse.search.fields import IndexedDocument

SIZE = 6000
ASKED = 0.7
ROUNDS = 3
_SAME = "bare tantivy, the same two fields"
_SIDES: dict[str, engines.Build] = {
    "ours": engines.ours,
    _SAME: engines.bare_same,
    "bare tantivy, each character a token": engines.bare,
}
_OTHERS: dict[str, engines.Build] = {"SQLite FTS5": engines.sqlite_fts, "DuckDB fts": engines.duckdb_fts}
Rates = dict[str, tuple[float, int]]  # side: documents a second, bytes a document


def bench_index(data: Path, size: int = SIZE, progress: Progress | None = None, rounds: int = ROUNDS) -> Part:
    """Index real documents of each language, of both, and made ones, with each engine in turns."""
    report = progress or (lambda stage, done, total: None)
    corpora = _corpora(data, size)
    rows, bars = [], []
    for number, (name, documents) in enumerate(corpora.items()):
        report(f"index {name}", number, len(corpora))
        rates = _rates(documents, rounds)
        rows += [
            (name, len(documents), side, round(rate), weight, ratio(rate, rates["ours"][0]))
            for side, (rate, weight) in rates.items()
        ]
        bars.append(_bar(name, rates))
    said = () if engines.extension() else ("DuckDB fts: not installed (pip install govbrief[bench]).",)
    return Part("index", size, _told(size), (_table(rows),), tuple(bars), said)


def _corpora(data: Path, size: int) -> dict[str, Sequence[IndexedDocument]]:
    chinese, english = (real_documents(data, language, size // 2) for language in LANGUAGES)
    mixed = [one for pair in zip(chinese, english, strict=False) for one in pair]
    return {"real zh": chinese, "real en": english, "real both": mixed, "made": scale_documents(size // 2)}


def _rates(documents: Sequence[IndexedDocument], rounds: int) -> Rates:
    """Each side's median rate; the others, which are far slower, are built once."""
    seconds: dict[str, list[float]] = {}
    weights: dict[str, int] = {}
    others = {name: build for name, build in _OTHERS.items() if name != "DuckDB fts" or engines.extension()}
    for turn in range(rounds):
        for side, build in {**_SIDES, **(others if turn == 0 else {})}.items():
            spent, weights[side] = _once(build, documents)
            seconds.setdefault(side, []).append(spent)
    count = len(documents)
    return {side: (count / median(spent), weights[side] // count) for side, spent in seconds.items()}


def _once(build: engines.Build, documents: Sequence[IndexedDocument]) -> tuple[float, int]:
    """Seconds of one build, and the bytes it left."""
    folder = Path(tempfile.mkdtemp(prefix="govbrief-bench-"))
    try:
        began = time.perf_counter()
        build(folder / "index", documents)
        return time.perf_counter() - began, engines.folder_bytes(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bar(name: str, rates: Rates) -> Bar:
    own, other = rates["ours"][0], rates[_SAME][0]
    told = f"{own:,.0f} against {other:,.0f} docs/s, medians"
    return Bar(f"index, {name}: docs/s against {_SAME}", ratio(own, other), ASKED, at_most=False, note=told)


def _table(rows: Sequence[tuple[str, int, str, int, int, float]]) -> Table:
    heads = ("documents", "number", "engine", "docs/s", "bytes a document", "times ours")
    return table("Building an index from nothing", heads, rows)


def _told(size: int) -> str:
    return (
        f"{size // 2:,} real Chinese and {size // 2:,} real English documents with a text, the same "
        f"together, and {size // 2:,} made ones; two threads and 200 MB on every side; "
        "segmentation is part of the time."
    )
