"""The parts of a place in an attached file in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.places import spot_of
from warehouse.records import HitPlace


def told_places(place: HitPlace) -> Iterator[tuple[str, dict[str, str | int]]]:
    """The word (`search.place-…`) and its value for each part: file, inner file, page, sheet, row, cell.

    A document that is a file itself has no name here. A column is told by what stands above it, by its
    number only where the table has no headings.
    """
    if place.url:
        yield "file", {"name": place.name or place.url}
    for name in ("member", "page", "slide", "sheet"):
        value = getattr(place, name)
        if value is not None:
            yield name, {name: value}
    if place.table is not None and place.sheet is None:
        yield "table", {"table": place.table}
    if place.row is not None:
        yield "row", {"row": place.row}
    if place.heading is not None:
        yield "heading", {"heading": place.heading}
    elif place.column is not None:
        yield "column", {"column": place.column}


def told_spot(places: str | None, line: int) -> Iterator[tuple[str, dict[str, str | int]]]:
    """Page, slide and row of a line, as far as its text has them; names of sheets are left to the text."""
    spot = spot_of(places, line)
    for name in ("page", "slide", "row"):
        value = getattr(spot, name)
        if value is not None:
            yield name, {name: value}
