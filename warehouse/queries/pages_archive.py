"""What stands around an archived capture: the documents resting on it, other captures of its page."""

from __future__ import annotations

from typing import Any

from warehouse.publication import Publication
from warehouse.queries.reading import placeholders

MOST = 60  # captures that are offered beside one


def documents_of(publication: Publication, capture_id: str) -> list[dict[str, Any]]:
    """The published documents that rest on the capture, by a version, a reading or an attached file."""
    return publication.rows(_DOCUMENTS, [capture_id] * 3)


def captures_beside(publication: Publication, capture_id: str) -> list[dict[str, Any]]:
    """The captures of the same page or document, this one among them, latest first, with their versions."""
    this = publication.rows("select source_id, url from capture where capture_id = ?", [capture_id])
    if not this:
        return []
    resting = publication.rows(_RESTING, [capture_id] * 2)
    owners = [row["document_id"] for row in resting]
    address = [this[0]["source_id"], this[0]["url"]]
    named = publication.rows(_NAMED.format(ids=placeholders(owners)), [*address, *owners, *owners])
    names = [row["capture_id"] for row in named]
    return publication.rows(_BESIDE.format(ids=placeholders(names), most=MOST), names * 2)


_DOCUMENTS = """
select distinct d.document_id, d.title
from document d
where d.capture_id = ?
    or d.document_id in (select document_id from version where capture_id = ?)
    or d.document_id in (select document_id from attachment where capture_id = ?)
order by d.document_id
"""
_RESTING = """
select document_id from document where capture_id = ?
union
select document_id from version where capture_id = ?
"""
_NAMED = """
select capture_id from capture where source_id = ? and url = ?
union
select capture_id from version where document_id in ({ids})
union
select capture_id from document where document_id in ({ids}) and capture_id is not null
"""
_BESIDE = """
with numbered as (
    select capture_id, max(version_no) as version_no from version
    where capture_id in ({ids}) group by capture_id
)
select c.capture_id, c.fetched_at, n.version_no
from capture c left join numbered n on n.capture_id = c.capture_id
where c.capture_id in ({ids})
order by c.fetched_at desc, c.capture_id
limit {most}
"""
