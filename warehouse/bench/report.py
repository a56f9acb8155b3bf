"""The page docs/benchmarks-warehouse.md, written from the parts that were run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from warehouse.bench.across import across
from warehouse.bench.figures import Bar, Cell, Part, Table

ORDER = ("index", "search", "publish", "dashboards", "exact", "import", "readers", "duplicates", "gaps")
BAR_HEADS = ("bar", "value", "asked", "verdict", "note")
OPENING = """# Warehouse and search: ours and their references

Written from runs of `govbrief bench NAME --results FILE --write docs/benchmarks-warehouse.md`; every bar is
listed, met or not. `docs/guide-operator.md` says how much time and room a run takes.

- Both sides run in one process, call by call in turns; of each call the quickest of several counts, since
  other work on the machine can only add to it. Percentiles are over the different queries.
- Made documents: words of our own documents recombined, 500 to 5,700 characters (2,200 on average), thirty
  offices, twenty classes, three years, one of six in English; duties, limits, facts, problem and measure
  sentences, routes, citations and labels at rates measured on real documents (`warehouse/bench/mined.py`;
  figures told for 103,000 and 1,003,000 are older: without limits in many wordings, findings and routes).
  They are no real prose.
- Real documents: the 45,417 of `../shared/data`."""


def bar_rows(bars: Iterable[Bar]) -> list[tuple[Cell, ...]]:
    """Bars as rows: name, value, asked, verdict and note."""
    return [
        (
            bar.name,
            shown(bar.value),
            f"{'at most' if bar.at_most else 'at least'} {shown(bar.asked)}",
            bar.verdict,
            bar.note,
        )
        for bar in bars
    ]


def markdown(parts: Mapping[str, Part]) -> str:
    """The whole page."""
    compared = across(parts)
    chosen = sorted(parts.values(), key=lambda part: (_place(part.name), part.size))
    lines = [OPENING, *_missing(parts), "", "## Bars", ""]
    bars = [bar for part in chosen for bar in part.bars] + list(compared.bars)
    lines += _table(Table("", BAR_HEADS, tuple(bar_rows(bars))))
    for part in chosen:
        lines += _part(part)
    for table in compared.tables:
        lines += ["", f"## {table.title}", "", *_table(table)]
    return "\n".join(lines) + "\n"


def shown(value: Cell) -> str:
    """A figure as people read it."""
    if value is None:
        return "-"
    if isinstance(value, str):
        return value.replace("|", "\\|")
    if isinstance(value, int) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 1 else f"{value:,.2f}".rstrip("0").rstrip(".")


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _missing(parts: Mapping[str, Part]) -> Iterator[str]:
    run = {part.name for part in parts.values()}
    left = [name for name in ORDER if name not in run]
    if left:
        yield f"- Not run, so nothing is claimed of them here: {', '.join(left)}."


def _part(part: Part) -> Iterator[str]:
    yield from ("", f"## {part.name}, {part.size:,} documents", "")
    yield f"{part.data} Ended {part.ended}; processes that wanted a core: {part.load[0]} to {part.load[1]}."
    for sentence in part.said:
        yield f"- {sentence}"
    for table in part.tables:
        yield from ("", f"{table.title}:" if table.title else "", "", *_table(table))


def _table(table: Table) -> Iterator[str]:
    yield _line(table.heads)
    yield "|" + "---|" * len(table.heads)
    yield from (_line(row) for row in table.rows)


def _line(cells: Iterable[Cell]) -> str:
    return "| " + " | ".join(shown(cell) for cell in cells) + " |"
