"""Rows of a table by the places where they lie, which another question has found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from warehouse.queries.reading import Published, Row, placeholders

_FAR = 20_000  # rows between two places that are read apart


def rows_at(publication: Published, table: str, columns: str, places: Sequence[int]) -> dict[int, Row]:
    """Columns of rows by their place in a table; asked for in runs, since a list of places alone is no range
    and every text between them would be unpacked.
    """
    one = table.split()[1]
    found: dict[int, Row] = {}
    for run in _runs(sorted(set(places))):
        sql = (
            f"select {one}.rowid as place, {columns} from {table}"
            f" where {one}.rowid between ? and ? and {one}.rowid in ({placeholders(run)})"
        )
        found.update({row.pop("place"): row for row in publication.rows(sql, [run[0], run[-1], *run])})
    return found


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for place in places:
        if run and place - run[-1] > _FAR:
            yield run
            run = []
        run.append(place)
    if run:
        yield run
