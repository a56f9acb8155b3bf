"""Documents asked for by name: through the index of names, some hundreds at a time, not by a join."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warehouse.queries.reading import Published, Row, placeholders

AT_ONCE = 500


def documents_by_name(
    publication: Published,
    columns: str,
    ids: Iterable[object],
    where: str = "true",
    values: Sequence[object] = (),
) -> dict[str, Row]:
    """Columns of document `d` by its id, of those among `ids` that are published and fit `where`."""
    wanted = sorted({str(one) for one in ids if one})
    found: dict[str, Row] = {}
    for at in range(0, len(wanted), AT_ONCE):
        some = wanted[at : at + AT_ONCE]
        sql = (
            f"select d.document_id, {columns} from document d"
            f" where d.document_id in ({placeholders(some)}) and {where}"
        )
        found.update({row["document_id"]: row for row in publication.rows(sql, [*some, *values])})
    return found
