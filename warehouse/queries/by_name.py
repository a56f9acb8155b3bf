"""Documents asked for by name: through the index of names, some hundreds at a time, not by a join."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warehouse.queries.reading import Published, Row, placeholders

AT_ONCE = 500
FEW = 100  # names that are looked up one by one
LATEST = 100_000  # documents among which names are looked for first


def document_no(publication: Published, document_id: str) -> int:
    """By what number a document's rows are found in this publication; -1 for one that is not published."""
    rows = publication.rows("select document_no from document where document_id = ?", [document_id])
    return int(rows[0]["document_no"]) if rows else -1


def rows_of(
    publication: Published, ids: Sequence[str], table: str, columns: str, where: str = "true"
) -> list[Row]:
    """Rows of a keyed table that belong to these documents and fit `where`; they lie together."""
    found = documents_by_name(publication, "d.document_no", ids)
    numbers = sorted(row["document_no"] for row in found.values())
    if not numbers:
        return []
    sql = (
        f"select {columns} from {table} where document_no between ? and ?"
        f" and document_no in ({placeholders(numbers)}) and {where}"
    )
    return publication.rows(sql, [numbers[0], numbers[-1], *numbers])


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


def narrow_by_name(publication: Published, columns: str, ids: Iterable[object]) -> dict[str, Row]:
    """As `documents_by_name`, of columns without long texts, for any number of names.

    A few names go through the index, at a twentieth of a millisecond each. Many are met in one reading of the
    columns: first of the latest `LATEST` documents, since what is asked for is mostly new, then of all,
    which costs some tens of milliseconds of a million. A title would make it read those columns whole.
    """
    wanted = {str(one) for one in ids if one}
    found: dict[str, Row] = {}
    if len(wanted) > FEW:
        newest = publication.rows("select coalesce(max(document_no), 0) as no from document")[0]["no"]
        found = _met(publication, columns, wanted, int(newest) - LATEST)
    rest = wanted - found.keys()
    if len(rest) <= AT_ONCE:
        return {**found, **documents_by_name(publication, columns, rest)}
    return {**found, **_met(publication, columns, rest, -1)}


def _met(publication: Published, columns: str, wanted: set[str], after: int) -> dict[str, Row]:
    """Those among the documents put in after a number, in one reading of the columns."""
    sql = (
        f"select d.document_id, {columns} from document d"
        " semi join (select unnest(?::varchar[]) as document_id) asked on asked.document_id = d.document_id"
        " where d.document_no > ?"
    )
    return {row["document_id"]: row for row in publication.rows(sql, [sorted(wanted), after])}


def latest_first(row: Row) -> int:
    """Sorts documents by `published`, the latest first and those without a day last."""
    return -row["published"].toordinal() if row["published"] else 0
