"""What the publication says of documents together: ranks by relation, communities, cascades, joint issues."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from warehouse.queries.by_name import documents_by_name, latest_first
from warehouse.queries.reading import Published, Row, first, within

RELATIONS = ("basis", "implements", "amends", "repeals", "forwards", "prints", "mentions")
MOST = 1_000


def as_of(publication: Published) -> datetime | None:
    """When ranks, communities and follow-ups were last worked out; None before the first time."""
    made: datetime | None = publication.rows("select networks_as_of from publication")[0]["networks_as_of"]
    return made


def ranks_of(publication: Published, document_id: str) -> list[Row]:
    """In which relations a document is cited, its place among how many, most citing documents first."""
    return publication.rows(_RANKS_OF, [document_id])


def community_of(publication: Published, document_id: str) -> Row | None:
    """The community a document belongs to, with up to five of its most cited other members."""
    found = first(publication.rows(_COMMUNITY_OF, [document_id]))
    if found is None:
        return None
    return {**found, "members": _members(publication, found["community_id"], document_id, 5)}


def followed(publication: Published, document_id: str) -> list[Row]:
    """What this document seems to follow directly, surest first."""
    return publication.rows(_FOLLOWED, [document_id])


def followers(publication: Published, document_id: str) -> list[Row]:
    """What seems to follow this document directly, earliest first."""
    return publication.rows(_FOLLOWERS, [document_id])


def joint_with(publication: Published, code: str) -> list[Row]:
    """The bodies that issued together with one, most often first."""
    return publication.rows(_JOINT_WITH, [code])


def not_acted(publication: Published, root_document_id: str) -> list[str]:
    """Regions one level below a document of whose sources none was found to follow it, by name.

    Not found in what we hold; that says nothing about what a region did.
    """
    rows = publication.rows(_NOT_ACTED, [root_document_id])
    return [str(row["region"]) for row in rows]


def network_lines(publication: Published, *, limit: int = MOST) -> Iterator[dict[str, Any]]:
    """The first of each relation and kind, at most `limit`, as one object a line with its `kind` first."""
    most = within(limit, MOST)
    for relation in RELATIONS:
        for row in publication.rows(_RANKS, [relation, most]):
            yield {"kind": "rank", **row}
    for row in publication.rows(_COMMUNITIES, [most]):
        members = _members(publication, row["community_id"], "", 10)
        yield {"kind": "community", **row, "members": members}
    for row in publication.rows(_ROOTS, [most]):
        steps = publication.rows(_STEPS, [row["document_id"]])
        silent = not_acted(publication, row["document_id"])
        yield {"kind": "cascade", **row, "not_found": silent, "follow_ups": steps}
    for row in publication.rows(_JOINT, [most]):
        yield {"kind": "joint-issue", **row}


def _members(publication: Published, community_id: str, but: str, most: int) -> list[Row]:
    """The most cited members of a community, the latest published first among equals."""
    cited = {row["document_id"]: row["cited_by"] for row in publication.rows(_MEMBERS, [community_id, but])}
    titled = documents_by_name(publication, "d.title, d.published", cited)
    rows = [{**row, "cited_by": cited[document_id]} for document_id, row in titled.items()]
    return sorted(rows, key=_most_cited_first)[:most]


def _most_cited_first(row: Row) -> tuple[int, int, str]:
    return -row["cited_by"], latest_first(row), row["document_id"]


_RANKS_OF = """
select r.relation, r.place, r.cited_by,
       (select count(*) from citation_rank o where o.relation = r.relation) as ranked
from citation_rank r where r.document_id = ? order by r.cited_by desc, r.place, r.relation
"""
_COMMUNITY_OF = """
select c.community_id, c.name_zh, c.name_en, c.documents, c.head_document_id
from community_member m join community c on c.community_id = m.community_id where m.document_id = ?
"""
_MEMBERS = """
select m.document_id, coalesce(sum(r.cited_by), 0)::integer as cited_by
from community_member m left join citation_rank r on r.document_id = m.document_id
where m.community_id = ? and m.document_id <> ? group by m.document_id
"""
_FOLLOWED = """
select d.document_id, d.title, d.level, d.region, f.relation, f.lag_days, max(f.confidence) as confidence
from follow_up f join document d on d.document_id = f.parent_document_id where f.document_id = ?
group by all order by confidence desc, d.document_id
"""
_FOLLOWERS = """
select d.document_id, d.title, d.level, d.region, d.published, f.relation, f.lag_days,
       max(f.confidence) as confidence
from follow_up f join document d on d.document_id = f.document_id where f.parent_document_id = ?
group by all order by f.lag_days, d.document_id limit 50
"""
_NOT_ACTED = """
with root as (select jurisdiction, level from document where document_id = $1),
acted as (
    select distinct d.region
    from follow_up f join document d on d.document_id = f.document_id
    where $1 in (f.root_document_id, f.parent_document_id)
)
select distinct s.region
from source s
join root on starts_with(s.jurisdiction, root.jurisdiction) and s.jurisdiction <> root.jurisdiction
where s.enabled
    and s.level = case root.level when 'national' then 'provincial' when 'provincial' then 'municipal' end
    and s.region not in (select region from acted where region is not null)
order by s.region
"""
_JOINT_WITH = """
select case when one_code = $1 then other_code else one_code end as code,
       case when one_code = $1 then other_name else one_name end as name, documents, last_issued
from joint_issue where $1 in (one_code, other_code) order by documents desc, name limit 20
"""
_RANKS = """
select r.relation, r.place, r.document_id, d.title, d.issuer, d.published, r.score, r.cited_by
from citation_rank r join document d on d.document_id = r.document_id
where r.relation = ? order by r.place, r.document_id limit ?
"""
_COMMUNITIES = """
select community_id, name_zh, name_en, topics, terms, documents, head_document_id
from community order by documents desc, community_id limit ?
"""
_ROOTS = """
select f.root_document_id as document_id, d.title, d.level, d.region, d.published, count(*) as documents,
       max(f.step) as steps, max(f.days_after_root) as days
from follow_up f join document d on d.document_id = f.root_document_id
group by all order by documents desc, d.published desc nulls last, document_id limit ?
"""
_STEPS = """
select f.document_id, d.title, d.level, d.region, d.published, f.parent_document_id, f.step, f.relation,
       f.lag_days, f.days_after_root, f.confidence
from follow_up f join document d on d.document_id = f.document_id
where f.root_document_id = ? order by f.step, f.days_after_root, f.document_id limit 200
"""
_JOINT = """
select one_code, one_name, other_code, other_name, documents, first_issued, last_issued
from joint_issue order by documents desc, one_code, other_code limit ?
"""
