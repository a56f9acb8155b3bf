"""What became of issuing bodies: the steps of reforms, carried from the authority file to publications."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from warehouse.database import Warehouse
from warehouse.reference import put_whole


@dataclass(frozen=True, slots=True)
class BodyStep:
    """One body that passes to another, in whole or in part, on a day, by an act."""

    before_code: str
    after_code: str
    kind: str  # renamed | merged | split | name-kept | functions (only part of the work moves)
    on_day: date
    act: str  # the decision that says so
    what: str = ""  # which functions moved


def ingest_lineage(w: Warehouse, steps: Iterable[BodyStep]) -> None:
    """Make the steps exactly these; what is no longer in the authority file goes."""
    put_whole(w, "body_step", steps)
