"""What only two sizes together tell: how search and publishing grow from 100,000 documents to a million."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from warehouse.bench.figures import Bar, Part, Table, of, table
from warehouse.bench.timing import ratio

PUBLISH_TIMES = 3.0


@dataclass(frozen=True, slots=True)
class Across:
    """Tables and bars over the parts of two sizes."""

    tables: tuple[Table, ...] = ()
    bars: tuple[Bar, ...] = ()


def across(parts: Mapping[str, Part]) -> Across:
    """The largest size beside the smallest of each that was run at two sizes, where they tell the same."""
    tables: list[Table] = []
    bars: list[Bar] = []
    for name in ("search", "publish", "dashboards"):
        sized = of(parts, name)
        if len(sized) > 1:
            tables += [one for one in [_growth(sized[0], sized[-1])] if one.rows]
            bars += _bars(sized[0], sized[-1])
    return Across(tuple(tables), tuple(bars))


def _growth(small: Part, large: Part) -> Table:
    rows = [
        (name, value, large.values[name], ratio(large.values[name], value))
        for name, value in small.values.items()
        if name in large.values
    ]
    return table(
        f"Growth of {small.name}",
        ("figure", f"{small.size:,}", f"{large.size:,}", "times"),
        rows,
    )


def _bars(small: Part, large: Part) -> Iterator[Bar]:
    if small.name != "publish":
        return
    name = "adding 1,000 and publishing, seconds"
    if name in small.values and name in large.values:
        yield Bar(
            f"publish: adding 1,000 to {large.size:,} against {small.size:,}, times",
            ratio(large.values[name], small.values[name]),
            PUBLISH_TIMES,
            note=f"{large.values[name]} s against {small.values[name]} s, of two runs",
        )
