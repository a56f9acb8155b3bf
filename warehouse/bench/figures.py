"""What a benchmark tells: tables, bars and sentences of each part, kept as JSON from one run to the next."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.errors import UserError
from warehouse.files import write_whole

Cell = str | int | float | None
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: our value against what is asked; `value` None when it was not measured, with the reason."""

    name: str
    value: float | None
    asked: float
    at_most: bool = True
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the bar is reached; None when nothing was measured."""
        if self.value is None:
            return None
        return self.value <= self.asked if self.at_most else self.value >= self.asked

    @property
    def verdict(self) -> str:
        """In words."""
        return {None: "not measured", True: "met", False: "NOT MET"}[self.met]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One benchmark at one size: on what data it ran, what it found, and how busy the machine was."""

    name: str  # index | search | publish | ...
    size: int  # documents it worked on
    data: str
    tables: tuple[Table, ...] = ()
    bars: tuple[Bar, ...] = ()
    said: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)  # named figures that other parts compare with
    ended: str = ""
    load: tuple[float, float] = (0.0, 0.0)  # processes that wanted a core: before, after

    @property
    def key(self) -> str:
        """Under what it is kept: a later run of the same part at the same size replaces it."""
        return f"{self.name} {self.size}"

    def as_json(self) -> dict[str, Any]:
        """Plain values; each bar with its verdict."""
        return asdict(self) | {"bars": [asdict(bar) | {"verdict": bar.verdict} for bar in self.bars]}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Part:
        """What `as_json` gave."""
        tables = tuple(
            Table(one["title"], tuple(one["heads"]), tuple(tuple(row) for row in one["rows"]))
            for one in told["tables"]
        )
        bars = tuple(
            Bar(**{key: value for key, value in one.items() if key != "verdict"}) for one in told["bars"]
        )
        rest = {"said": tuple(told["said"]), "load": tuple(told["load"])}
        return cls(**{**told, "tables": tables, "bars": bars, **rest})


def measured(work: Callable[[], Part]) -> Part:
    """The part with the load of the machine before and after, and when it ended."""
    before = load()
    part = work()
    kept = {name: getattr(part, name) for name in part.__slots__}
    ended = datetime.now(UTC).isoformat(timespec="seconds")
    return Part(**kept | {"ended": ended, "load": (before, load())})


def load() -> float:
    """Processes that wanted a core over the last minute."""
    return round(os.getloadavg()[0], 2)


def read_parts(file: Path | None) -> dict[str, Part]:
    """The parts that a results file holds; none where there is no file."""
    if file is None or not file.is_file():
        return {}
    try:
        return {key: Part.of_json(told) for key, told in json.loads(file.read_text(encoding="utf-8")).items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(
            f"{file}: holds no results of this benchmark; name another with --results."
        ) from error


def write_parts(file: Path, parts: Mapping[str, Part]) -> None:
    """Keep the parts for a later run."""
    told = {key: part.as_json() for key, part in parts.items()}
    write_whole(file, json.dumps(told, ensure_ascii=False, indent=1))


def of(parts: Mapping[str, Part], name: str) -> list[Part]:
    """The parts of one benchmark, the smallest first."""
    return sorted((one for one in parts.values() if one.name == name), key=lambda one: one.size)


def table(title: str, heads: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Table:
    """A table of any iterables."""
    return Table(title, tuple(heads), tuple(tuple(row) for row in rows))
