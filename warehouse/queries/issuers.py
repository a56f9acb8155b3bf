"""Who issued a document: its lead body and, of a joint issue, the others; not what was merely guessed."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.queries.reading import Published, placeholders

# Beside the best label `l` of document `d`, what a site prints or a rule of proven precision reads is an
# issuer too; a model's second guesses and names found in passing are not. A librarian's word stands alone.
IS_ISSUER = """l.field = 'department' and (
    l.rank = 1 or (
        l.basis in ('published', 'rule') and l.score >= 0.9
        and d.department_basis is distinct from 'librarian'
    )
)"""
# The same for one body (?); views/summary_codes.sql has it for every document.
ISSUED_BY = "list_contains(d.issuer_codes, ?)"
EACH_ISSUER = f"""
select d.document_id, l.code, coalesce(b.name_zh, l.name) as name, l.rank
from document d join label l on l.document_no = d.document_no left join body b on b.code = l.code
where {IS_ISSUER}
"""


def issuer_names(publication: Published, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The names of the issuing bodies of each document, lead first."""
    found: dict[str, list[str]] = {}
    sql = f"{EACH_ISSUER} and d.document_id in ({placeholders(ids)}) order by d.document_id, l.rank"
    for row in publication.rows(sql, ids):
        found.setdefault(row["document_id"], []).append(str(row["name"]))
    return {document_id: tuple(dict.fromkeys(names)) for document_id, names in found.items()}
