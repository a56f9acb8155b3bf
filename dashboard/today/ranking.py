"""In which order documents stand on the first page: fixed points for each reason, shown beside the document.

The weights are a librarian's order of importance, not a measurement (docs/decisions/0036-first-page.md):
what changes the law in force, then what changes a day somebody relies on, then what the reader asked for by
following it, then what is a beginning, then what is part of a wave. One reason counts once, however often
it holds; the place, the level of the issuer and the day only decide between equals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.queries.reasons import Reason

POINTS = {
    "ends": 60,
    "deadline": 50,
    "watched": 47,
    "follows": 45,
    "department": 40,
    "first": 30,
    "region": 25,
    "yours": 20,
    "unusual": 15,
}
LEVELS = {"national": 3, "provincial": 2, "municipal": 1}
_NEVER = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its points and the reasons that gave them, the weightiest first."""

    document_id: str
    points: int
    reasons: tuple[Reason, ...]


def ranked(rows: Iterable[Mapping[str, Any]], reasons: Mapping[str, tuple[Reason, ...]]) -> list[Ranked]:
    """The documents in the order of their points; of equals what concerns the home region comes first, then
    the higher level, then the later, then the name.

    `rows` have document_id, level, published and at_home. The same publication, reader and day give the same
    order.
    """
    found = []
    for row in rows:
        mine = _weighty(reasons.get(row["document_id"], ()))
        points = sum(POINTS[code] for code in {one.code for one in mine})
        found.append((_order(row, points), Ranked(row["document_id"], points, mine)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _order(row: Mapping[str, Any], points: int) -> tuple[int, bool, int, int, str]:
    day = row["published"] or _NEVER
    return (
        -points,
        not row["at_home"],
        -LEVELS.get(row["level"] or "", 0),
        -day.toordinal(),
        row["document_id"],
    )


def _weighty(some: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(some, key=lambda one: (-POINTS[one.code], one.target or "", str(one.due))))
