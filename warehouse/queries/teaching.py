"""What a sitting is drawn from and shows: documents whose leading class no site and no person has said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.publication import Publication


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document with the class it was given and how far the next one is behind."""

    document_id: str
    code: str | None
    path: str | None
    score: float | None
    margin: float  # 0: both classes alike, or no class at all


def candidates(publication: Publication) -> list[Candidate]:
    """Every shown document whose class is ours, reprints and withdrawn ones left out."""
    return [
        Candidate(row["document_id"], row["topic_code"], row["topic_path"], row["topic_score"], row["margin"])
        for row in publication.rows(_CANDIDATES)
    ]


def classifiers(publication: Publication) -> tuple[str, ...]:
    """The models whose answers the publication holds."""
    rows = publication.rows("select distinct model from classifier order by model")
    return tuple(row["model"] for row in rows)


def other_classes(
    publication: Publication, document_ids: Sequence[str], most: int = 3
) -> dict[str, list[dict[str, Any]]]:
    """The next classes of each document, likeliest first: what a librarian may want instead."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in publication.rows(_OTHERS, [list(document_ids), most]):
        found.setdefault(row["document_id"], []).append({"code": row["code"], "name": row["name"]})
    return found


def shown_documents(publication: Publication, document_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Title, issuer, day and first words of these documents."""
    return {row["document_id"]: row for row in publication.rows(_SHOWN, [list(document_ids)])}


def label_counts(publication: Publication) -> dict[str, int]:
    """How many documents have a leading class of each basis; "" is none."""
    return {row["basis"]: row["documents"] for row in publication.rows(_BASES)}


_CANDIDATES = """
with second as (
    select label.document_id, max(label.score) as score
    from label join document using (document_id)
    where label.field = 'topic' and label.code <> document.topic_code
        and label.scheme = (
            select min(own.scheme) from label as own
            where own.document_id = label.document_id and own.field = 'topic' and own.rank = 1
        )
    group by label.document_id
)
select document.document_id, topic_code, topic_path, topic_score,
       greatest(coalesce(topic_score, 0) - coalesce(second.score, 0), 0)::double as margin
from document left join second using (document_id)
where status = 'active' and reprint_of is null
    and coalesce(topic_basis, 'model') not in ('published', 'librarian')
order by document.document_id
"""
_OTHERS = """
select document_id, code, name
from (
    select document_id, code, name, rank,
           row_number() over (partition by document_id order by rank) as place
    from label
    where field = 'topic' and rank > 1 and list_contains(?, document_id)
)
where place <= ? order by document_id, rank
"""
_SHOWN = """
select d.document_id, d.title, d.issuer, d.doc_number, d.published, d.language, d.excerpt, d.department_code,
       d.department_name, d.topic_code, d.topic_path, d.topic_basis, d.topic_score, s.name_zh as source_zh,
       s.name_en as source_en
from document d left join source s on s.source_id = d.source_id
where list_contains(?, d.document_id)
"""
_BASES = """
select coalesce(topic_basis, '') as basis, count(*) as documents
from document where status = 'active' group by all
"""
