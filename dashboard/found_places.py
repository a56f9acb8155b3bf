"""The parts of a place in an attached file in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterator

from warehouse.records import HitPlace


def told_places(place: HitPlace) -> Iterator[tuple[str, dict[str, str | int]]]:
    """The word (`search.place-…`) and its value for each part: file, file inside it, page, sheet, row, cell.

    A column is told by what stands above it, by its number only where the table has no headings.
    """
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
