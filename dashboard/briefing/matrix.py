"""Region by measure: what each cell may say, and which regions and measures are set beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

MOST_COLUMNS = 8
MOST_ROWS = 12
CellState = Literal["found", "lacking", "not-found"]
_LEVELS = ("national", "provincial", "municipal", "county")


@dataclass(frozen=True, slots=True)
class Column:
    """A measure: a word of the theme, or a topic class."""

    kind: Literal["term", "topic"]
    key: str  # the word or the code


@dataclass(frozen=True, slots=True)
class Cell:
    """What the documents of a region say of a measure."""

    state: CellState
    documents: int
    lacking: tuple[Mapping[str, Any], ...] = ()  # documents that say there is none, with sentence and place


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A region with one cell for each column."""

    region: str
    home: bool
    sources: int
    cells: tuple[Cell, ...]


def cell(documents: int, lacking: Sequence[Mapping[str, Any]] = ()) -> Cell:
    """有 when a document speaks of it; 无 when each one that does says there is none; else 未找到."""
    if not documents:
        return Cell("not-found", 0)
    if lacking and len(lacking) >= documents:
        return Cell("lacking", documents, tuple(lacking))
    return Cell("found", documents)


def columns_of_terms(counts: Mapping[str, Mapping[str, int]]) -> tuple[Column, ...]:
    """The words that most documents name; words that nobody names make no column."""
    total = {term: sum(regions.values()) for term, regions in counts.items()}
    most = sorted((term for term, n in total.items() if n), key=lambda term: (-total[term], term))
    return tuple(Column("term", term) for term in most[:MOST_COLUMNS])


def columns_of_classes(rows: Iterable[Mapping[str, Any]], within: str) -> tuple[Column, ...]:
    """The second-level classes that most documents have; `within` a class, only those below it."""
    total: dict[str, int] = {}
    for row in rows:
        code = str(row["code"])
        if code.startswith(f"{within}-") if within else "-" in code:
            total[code] = total.get(code, 0) + int(row["documents"])
    most = sorted(total, key=lambda code: (-total[code], code))
    return tuple(Column("topic", code) for code in most[:MOST_COLUMNS])


def regions_shown(
    covered: Sequence[Mapping[str, Any]], home: str, beside: str = ""
) -> tuple[Mapping[str, Any], ...]:
    """Home first, then the others of its country from the nation down.

    Beside a region stand those of its own level, all of its country where it is the only one.
    """
    asked = next((row for row in covered if row["region"] == (beside or home)), None)
    country = _country(asked)
    fitting = [row for row in covered if country is None or _country(row) == country]
    if beside and asked:
        alike = [row for row in fitting if row["level"] == asked["level"] or row["region"] == home]
        fitting = alike if len(alike) > 1 else fitting
    fitting.sort(key=lambda row: (row["region"] != home, row["region"] != beside, _rank(row), row["region"]))
    return tuple(fitting[:MOST_ROWS])


def _country(row: Mapping[str, Any] | None) -> str | None:
    return str(row["jurisdiction"]).split("-")[0] if row and row["jurisdiction"] else None


def _rank(row: Mapping[str, Any]) -> int:
    return _LEVELS.index(row["level"]) if row["level"] in _LEVELS else len(_LEVELS)
