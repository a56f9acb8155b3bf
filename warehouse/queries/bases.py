"""Which documents rest on something that is no longer in force: their bases that were repealed or lapsed."""

from __future__ import annotations

from collections import defaultdict

from warehouse.queries.by_name import documents_by_name, rows_of
from warehouse.queries.reading import Published, Row

ENDED = ("repealed", "expired")
_CITED = "document_id, fact_id, paragraph, target_document_id"
_TARGET = "d.title, d.validity, d.published"


def ended_bases(publication: Published, document_ids: tuple[str, ...]) -> dict[str, list[Row]]:
    """By document: each basis it names that is held and was repealed or has lapsed, and where it names it.

    Documents that were repealed or lapsed themselves are left out, and so is a basis that is younger than the
    document: then a later text of the same name was found, not the one it rests on.
    """
    where = "kind = 'basis' and target_document_id is not null and not coalesce(target_is_later, false)"
    cited = rows_of(publication, document_ids, "citation", _CITED, where)
    if not cited:
        return {}
    ended = "d.validity in (?, ?)"
    targets = documents_by_name(
        publication, _TARGET, (row["target_document_id"] for row in cited), ended, ENDED
    )
    citing = [row["document_id"] for row in cited if row["target_document_id"] in targets]
    standing = documents_by_name(publication, "d.status", citing, f"not ({ended})", ENDED)
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in cited:
        target = targets.get(row["target_document_id"])
        if target is not None and row["document_id"] in standing:
            told = {**target, **row, "target_validity": target["validity"]}
            found[row["document_id"]].setdefault(row["target_document_id"], told)
    return {document_id: list(rows.values()) for document_id, rows in found.items()}
