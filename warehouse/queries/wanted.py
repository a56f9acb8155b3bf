"""What is cited and not held, and which documents are copies of one another, as a publication has them."""

from __future__ import annotations

import json
from typing import Any

from warehouse.publication import Publication


def wanted_list(
    publication: Publication, *, department: str | None = None, kind: str | None = None, limit: int = 50
) -> list[dict[str, Any]]:
    """The targets cited by the most works first, of equals those cited last; `kind` is a relation."""
    found = publication.rows(
        """
        select
            wanted_id, target_number, target_title, spellings, cited_by, first_cited, last_cited, kinds,
            examples,
            department_code, department_name, issuer_basis, source_id
        from wanted
        where (?::varchar is null or department_code = ? or department_name = ?)
            and (?::varchar is null or list_contains(kinds, ?))
        order by cited_by desc, last_cited desc nulls last, wanted_id
        limit ?
        """,
        [department, department, department, kind, kind, limit],
    )
    for row in found:
        row["examples"] = json.loads(row["examples"])
    return found


def wanted_total(publication: Publication) -> int:
    """How many targets the queue has."""
    return int(publication.rows("select count(*) as n from wanted")[0]["n"])


def duplicate_groups(
    publication: Publication, *, kind: str | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """Groups of copies with their members, the issuing organ's copy first, the largest groups first.

    `kind` is exact (number and title, or the text, are the same) or near (found by likeness).
    """
    found = publication.rows(
        """
        with member as (
            select
                d.duplicate_group, d.document_id, d.title, d.doc_number, d.number_normal, d.source_id,
                d.published, d.url, d.reprint_of is null as is_original
            from document d where d.duplicate_group is not null
        ),

        near as (
            select member.duplicate_group, min(copy.similarity) as lowest
            from near_copy copy join member on member.document_id = copy.document_id
            where copy.kind = 'copy'
            group by member.duplicate_group
        ),

        grouped as (
            select
                member.duplicate_group as group_id,
                near.lowest as similarity,
                case
                    when near.lowest is null then 'exact'
                    when count(number_normal) = count(*) and count(distinct number_normal) = 1 then 'exact'
                    else 'near'
                end as kind,
                list(
                    struct_pack(
                        document_id := document_id, title := title, doc_number := doc_number,
                        source_id := source_id, published := published, url := url
                    )
                    order by not is_original, published nulls last, document_id
                ) as documents
            from member left join near on near.duplicate_group = member.duplicate_group
            group by member.duplicate_group, near.lowest
        )

        select group_id, kind, similarity, documents
        from grouped
        where ?::varchar is null or kind = ?
        order by len(documents) desc, group_id
        limit ?
        """,
        [kind, kind, limit],
    )
    return found


def excerpts(publication: Publication, limit: int = 100) -> list[dict[str, Any]]:
    """Documents whose text stands whole in another, longer one."""
    return publication.rows(
        """
        select
            copy.document_id, part.title, part.source_id, copy.other_id, whole.title as other_title,
            whole.source_id as other_source_id, copy.similarity
        from near_copy copy
        join document part on part.document_id = copy.document_id
        join document whole on whole.document_id = copy.other_id
        where copy.kind = 'excerpt'
        order by copy.similarity desc, copy.document_id, copy.other_id
        limit ?
        """,
        [limit],
    )
