"""What stands around an archived capture: the documents resting on it, other captures of its page."""

from __future__ import annotations

from typing import Any

from warehouse.publication import Publication

MOST = 60  # captures that are offered beside one


def documents_of(publication: Publication, capture_id: str) -> list[dict[str, Any]]:
    """The published documents that rest on the capture, by a version, a reading or an attached file."""
    return publication.rows(_DOCUMENTS, [capture_id] * 3)


def captures_beside(publication: Publication, capture_id: str) -> list[dict[str, Any]]:
    """The captures of the same page or document, this one among them, latest first, with their versions."""
    return publication.rows(_BESIDE, [capture_id] * 3)


_DOCUMENTS = """
select distinct d.document_id, d.title
from document d
where d.capture_id = ?
    or d.document_id in (select document_id from version where capture_id = ?)
    or d.document_id in (select document_id from attachment where capture_id = ?)
order by d.document_id
"""
_BESIDE = f"""
with own as (
    select document_id from document where capture_id = ?
    union
    select document_id from version where capture_id = ?
),

beside as (
    select c.capture_id
    from capture c join (select source_id, url from capture where capture_id = ?) this
        on c.source_id = this.source_id and c.url = this.url
    union
    select capture_id from version semi join own using (document_id)
    union
    select capture_id from document semi join own using (document_id)
)

select c.capture_id, c.fetched_at, max(v.version_no) as version_no
from capture c semi join beside using (capture_id)
left join version v on v.capture_id = c.capture_id
group by c.capture_id, c.fetched_at
order by c.fetched_at desc, c.capture_id
limit {MOST}
"""
