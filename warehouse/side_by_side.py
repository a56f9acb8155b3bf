"""Several texts clause by clause: which of them say one thing, in which words and figures, and who first.

Two texts are laid beside each other by `warehouse.clauses.align`; here the pairs of all texts are joined into
rows that hold at most one clause of each, the most alike first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from warehouse.clauses import Alignment, Clause, align
from warehouse.shingles import plain

REUSED = 0.5  # likeness from which a clause counts as taken over, as for cascades
_TITLE_NOISE = re.compile(
    r"关于|印发|实施|推进|加快|进一步|做好|加强|促进|工作|通知|意见|方案|办法|规定|计划|规划|的|[省市县区]|人民政府|办公[厅室]"
    r"|《|》|（[^）]*）|\([^)]*\)|20\d\d年?"
)


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """What several texts say of one thing; None where a text has no such clause."""

    clauses: tuple[Clause | None, ...]  # in the order of the texts
    likeness: float  # of the least alike pair that was joined, 0 to 1
    moved: bool  # whether figures differ between any two of them

    @property
    def held(self) -> tuple[int, ...]:
        """Places of the texts that have it."""
        return tuple(at for at, one in enumerate(self.clauses) if one is not None)

    @property
    def same(self) -> bool:
        """Whether all that have it use the same words."""
        return len({plain(one.text) for one in self.clauses if one is not None}) == 1


@dataclass(frozen=True, slots=True)
class Reuse:
    """How much of one text stands in another; places count in the order of the texts."""

    of: int
    other: int
    share: float  # characters of clauses of `of` with a like in `other`, of all its clauses' characters
    clauses: int


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Several texts beside each other."""

    rows: tuple[ClauseRow, ...]  # of two texts and more, in the order of the first text that has them
    alone: tuple[tuple[Clause, ...], ...]  # of each text what none of the others has
    reuse: tuple[Reuse, ...]  # both ways of every pair
    left_out: int  # clauses beyond those compared


def side_by_side(texts: Sequence[Sequence[str]]) -> SideBySide:
    """All texts beside each other; a text without paragraphs takes part in nothing."""
    pairs = {
        (i, j): align(texts[i], texts[j])
        for i, j in combinations(range(len(texts)), 2)
        if texts[i] and texts[j]
    }
    groups = _joined(pairs)
    moved = _moved(pairs)
    rows = tuple(
        sorted((_row(group, likeness, moved, len(texts)) for group, likeness in groups), key=_in_order)
    )
    taken = {(at, one) for row in rows for at, one in enumerate(row.clauses) if one is not None}
    alone = tuple(tuple(one for one in _all(pairs, at) if (at, one) not in taken) for at in range(len(texts)))
    reuse = tuple(one for (i, j), found in pairs.items() for one in _reuse(i, j, found))
    return SideBySide(rows, alone, reuse, sum(found.left_out for found in pairs.values()))


def first_of(row: ClauseRow, days: Sequence[date | None]) -> list[tuple[int, int]]:
    """Texts that have the clause as (place, days after the first), the first first; undated ones left out."""
    dated = sorted((day, at) for at in row.held if (day := days[at]) is not None)
    return [(at, (day - dated[0][0]).days) for day, at in dated]


def choose(sides: Sequence[Sequence[Mapping[str, object]]], least: float = 0.3) -> list[int | None]:
    """Of each side the document whose title is about the same thing as one of the others; None for a side
    without any. Rows bear `title`, `weight` (what speaks for it besides) and stand newest first.
    """
    grams = [[_title_grams(str(row["title"] or "")) for row in side] for side in sides]
    best: tuple[float, list[int | None]] = (0.0, [None for _ in sides])
    for at, side in enumerate(sides):
        for number, row in enumerate(side):
            likest = [
                (number, 1.0)
                if other == at
                else _likest(grams[at][number], grams[other], sides[other], least)
                for other in range(len(sides))
            ]
            alike = sum(likeness for other, (_, likeness) in enumerate(likest) if other != at)
            score = alike * (1 + _weight(row))
            if score > best[0]:
                best = (score, [place for place, _ in likest])
    return best[1]


def _likest(
    wanted: frozenset[str],
    grams: Sequence[frozenset[str]],
    rows: Sequence[Mapping[str, object]],
    least: float,
) -> tuple[int | None, float]:
    found: tuple[int | None, float] = (None, 0.0)
    for number, (one, row) in enumerate(zip(grams, rows, strict=True)):
        likeness = 2 * len(wanted & one) / (len(wanted) + len(one)) if wanted and one else 0.0
        if likeness >= least and likeness * (1 + _weight(row)) > found[1]:
            found = (number, likeness * (1 + _weight(row)))
    return found


def _weight(row: Mapping[str, object]) -> float:
    weight = row.get("weight", 0.0)
    return float(weight) if isinstance(weight, int | float) else 0.0


def _title_grams(title: str) -> frozenset[str]:
    letters = plain(_TITLE_NOISE.sub("", title))
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


def _joined(
    pairs: Mapping[tuple[int, int], Alignment],
) -> list[tuple[dict[int, Clause], float]]:
    """Groups of clauses, joined by the most alike pairs first; never two clauses of one text in a group."""
    links = sorted(
        (
            (pair.likeness, i, pair.upper, j, pair.lower)
            for (i, j), found in pairs.items()
            for pair in found.pairs
        ),
        key=lambda one: (
            -one[0],
            one[1],
            one[2].paragraph,
            one[2].start,
            one[3],
            one[4].paragraph,
            one[4].start,
        ),
    )
    of: dict[tuple[int, Clause], dict[int, Clause]] = {}
    least: dict[int, float] = {}
    for likeness, i, one, j, other in links:
        first, second = of.get((i, one), {i: one}), of.get((j, other), {j: other})
        if first is second or set(first) & set(second):
            continue
        merged = {**first, **second}
        least[id(merged)] = min(likeness, least.get(id(first), 1.0), least.get(id(second), 1.0))
        for at, clause in merged.items():
            of[at, clause] = merged
    groups = {id(group): group for group in of.values()}
    return [(group, least[name]) for name, group in groups.items()]


def _moved(pairs: Mapping[tuple[int, int], Alignment]) -> set[tuple[int, Clause, int, Clause]]:
    return {
        (i, pair.upper, j, pair.lower)
        for (i, j), found in pairs.items()
        for pair in found.pairs
        if any(pair.figures)
    }


def _row(
    group: Mapping[int, Clause], likeness: float, moved: set[tuple[int, Clause, int, Clause]], texts: int
) -> ClauseRow:
    differs = any((i, group[i], j, group[j]) in moved for i, j in combinations(sorted(group), 2))
    return ClauseRow(tuple(group.get(at) for at in range(texts)), likeness, differs)


def _in_order(row: ClauseRow) -> tuple[int, int, int]:
    at, one = next((at, one) for at, one in enumerate(row.clauses) if one is not None)
    return at, one.paragraph, one.start


def _all(pairs: Mapping[tuple[int, int], Alignment], at: int) -> list[Clause]:
    """The clauses of one text that were compared, in its order."""
    found: set[Clause] = set()
    for (i, j), one in pairs.items():
        if i == at:
            found |= {pair.upper for pair in one.pairs} | set(one.dropped)
        elif j == at:
            found |= {pair.lower for pair in one.pairs} | set(one.added)
    return sorted(found, key=lambda clause: (clause.paragraph, clause.start))


def _reuse(i: int, j: int, found: Alignment) -> tuple[Reuse, Reuse]:
    near = [pair for pair in found.pairs if pair.likeness >= REUSED]
    above = sum(len(pair.upper.text) for pair in found.pairs) + sum(len(one.text) for one in found.dropped)
    below = sum(len(pair.lower.text) for pair in found.pairs) + sum(len(one.text) for one in found.added)
    taken = sum(len(pair.upper.text) for pair in near), sum(len(pair.lower.text) for pair in near)
    return (
        Reuse(i, j, taken[0] / above if above else 0.0, len(near)),
        Reuse(j, i, taken[1] / below if below else 0.0, len(near)),
    )
