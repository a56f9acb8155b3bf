"""One document whole, as its page shows it: fields, labels, mined facts, citations, versions, captures."""

from __future__ import annotations

import json
from typing import Any

from warehouse import told
from warehouse.masking import MASK
from warehouse.publication import Publication
from warehouse.queries.by_name import document_no, documents_by_name, latest_first
from warehouse.search.past import past_text


def document(publication: Publication, document_id: str) -> dict[str, Any] | None:
    """The document with the names, home and terms of its source; None when it is not published."""
    rows = publication.rows(_DOCUMENT, [document_no(publication, document_id), document_id])
    return rows[0] if rows else None


def labels(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """All labels with their evidence as lists, best first."""
    return [{**row, "evidence": _list(row["evidence"])} for row in _rows(publication, _LABELS, document_id)]


def origins(publication: Publication, document_id: str) -> dict[str, list[dict[str, Any]]]:
    """Where each printed value was found, by field; more than one value in a field is a disagreement."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(publication, _ORIGINS, document_id):
        found.setdefault(row["field"], []).append(row)
    return found


def citations_out(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """What this document names, with the title of the held target where there is one."""
    rows = _rows(publication, _CITATIONS_OUT, document_id)
    columns = "d.title as held_title, d.published as held_published, d.validity as held_validity"
    held = documents_by_name(publication, columns, (row["target_document_id"] for row in rows))
    none = {"held_title": None, "held_published": None, "held_validity": None}
    return [{**none, **held.get(row["target_document_id"], {}), **row} for row in rows]


def citations_in(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """Which held documents name this one."""
    rows = publication.rows(_CITATIONS_IN, [document_id])
    columns = "d.title, d.issuer, d.published"
    citing = documents_by_name(publication, columns, (row["document_id"] for row in rows))
    found = [{**row, **citing[row["document_id"]]} for row in rows if row["document_id"] in citing]
    return sorted(found, key=_latest_first)


def duties(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """Mined duties in the order of the text."""
    return _rows(publication, _DUTIES, document_id)


def facts(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """Other mined facts in the order of the text; never personal data, nor what duties and citations show."""
    return _rows(publication, _FACTS, document_id)


def versions(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """Versions of the document, latest first, with the capture that first showed each."""
    return _rows(publication, _VERSIONS, document_id)


def version_changes(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """What each version changed of the one before it, latest first, its fields and paragraphs as lists."""
    return [
        {**row, "fields": _list(row["fields"]), "paragraphs": _list(row["paragraphs"])}
        for row in _rows(publication, _VERSION_CHANGES, document_id)
    ]


def former_versions(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """The versions before the present one whose text is held: number, title, day and archived copy."""
    return publication.rows(_FORMER_VERSIONS, [document_id])


def former_text(publication: Publication, document_id: str, version_no: int) -> tuple[str, ...]:
    """The masked paragraphs of such a version; empty for one that is not held."""
    return past_text(publication, document_id, version_no)


def told_changes(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """Changes that the site tells of, latest first: `day` and `note`; their text is not held."""
    values = (row["value"] for row in _rows(publication, _TOLD, document_id))
    return [{"day": one.day, "note": one.said} for one in told.told_changes(values)]


def told_withdrawal(publication: Publication, document_id: str) -> dict[str, Any] | None:
    """`day` and `why` of the withdrawal that the site itself tells of; None where it tells none."""
    rows = publication.rows(_TOLD_GONE, [document_no(publication, document_id)])
    found = told.told(rows[0]["value"]) if rows else None
    return {"day": found.day, "why": found.said} if found else None


def attachments(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """Files that the page offers and what was read of them, without their text."""
    return _rows(publication, _ATTACHMENTS, document_id)


def attachment_text(publication: Publication, document_id: str, url: str) -> tuple[str, ...]:
    """The masked paragraphs of an attached file; empty when nothing was read of it."""
    rows = publication.rows(_ATTACHMENT_TEXT, [document_id, url])
    return tuple(rows[0]["text"].split("\n")) if rows and rows[0]["text"] else ()


def copies(publication: Publication, document_id: str) -> list[dict[str, Any]]:
    """Reprints of this document and the issuing organ's copy, when this is a reprint."""
    own = publication.rows("select reprint_of from document where document_id = ?", [document_id])
    rows = publication.rows("select document_id from document where reprint_of = ?", [document_id])
    reprints = {row["document_id"] for row in rows}
    names = [*reprints, *(row["reprint_of"] for row in own)]
    found = documents_by_name(publication, "d.title, d.source_id, d.published", names).values()
    sites = {row["source_id"]: row for row in publication.rows(_SITES)}
    told = [
        {**row, **sites.get(row["source_id"], _NO_SITE), "is_reprint": row["document_id"] in reprints}
        for row in found
    ]
    return sorted(told, key=lambda row: (row["published"] is None, row["published"], row["document_id"]))


def archived_capture(publication: Publication, capture_id: str) -> dict[str, Any] | None:
    """A capture with its source's terms; `personal` when a text that was read in it is masked somewhere."""
    rows = publication.rows(_CAPTURE, [capture_id])
    if not rows:
        return None
    resting = publication.rows(_RESTING, [capture_id, capture_id, capture_id])
    masked = any(
        MASK in (one["attached"] or "") or any(MASK in line for line in publication.body(one["document_id"]))
        for one in resting
    )
    return {**rows[0], "personal": masked or any(one["personal"] for one in resting)}


def _rows(publication: Publication, sql: str, document_id: str) -> list[dict[str, Any]]:
    return publication.rows(sql, [document_no(publication, document_id)])


def _latest_first(row: dict[str, Any]) -> tuple[int, int, str]:
    return latest_first(row), row["paragraph"], row["document_id"]


def _list(value: Any) -> list[dict[str, Any]]:
    read = json.loads(value) if isinstance(value, str) else value
    return list(read or [])


_DOCUMENT = """
select d.document_id, d.source_id, d.url, d.title, d.doc_number, d.number_normal, d.index_number,
       d.issuer, d.published, d.written, d.effective, d.doc_type, d.unit, d.language, d.jurisdiction,
       d.region, d.level, d.status, d.validity, d.validity_basis, d.validity_by, d.origin,
       d.first_seen_at, d.last_seen_at, d.changed_at, d.version_no, d.reading_id, d.capture_id, d.path,
       d.quality, d.method, d.text_correction, d.places,
       d.department_code, d.department_name, d.department_basis, d.department_score, d.topic_code,
       d.topic_path, d.topic_basis, d.topic_score, d.excerpt, d.characters, d.paragraphs, d.reprint_of,
       d.sample, s.name_zh as source_zh, s.name_en as source_en, s.home_url, s.reuse, c.fetched_at,
       c.sha256, c.final_url, c.kind as capture_kind,
       (select b.title from document b where b.document_id = d.validity_by) as validity_by_title,
       case
           when d.validity_by is not null then 'document'
           when exists (
               select 1 from fact f
               where f.document_no = ? and f.kind = 'expiry' and f.sentence = d.validity_basis
           ) then 'clause'
           else 'site'
       end as validity_origin
from document d
left join source s on s.source_id = d.source_id
left join capture c on c.capture_id = d.capture_id
where d.document_id = ?
"""
_LABELS = """
select field, rank, scheme, code, name, score, basis, evidence, classifier_id, given
from label where document_no = ? order by field, rank
"""
_ORIGINS = """
select field, value, origin, chosen from field_origin
where document_no = ? order by field, chosen desc, origin
"""
_CITATIONS_OUT = """
select c.fact_id, c.kind, c.sentence, c.paragraph, c.start_at, c.end_at, c.target_title, c.target_number,
       c.target_document_id, c.target_version, c.target_is_later
from citation c
where c.document_no = ?
-- a paper named again is listed once for each relation, a bare mention only where nothing else is said of it
qualify row_number() over (
    partition by coalesce(c.target_document_id, c.target_title, c.target_number), c.kind
    order by c.paragraph, c.start_at
) = 1 and (c.kind <> 'mentions' or count(*) over (
    partition by coalesce(c.target_document_id, c.target_title, c.target_number)
) = count(*) filter (where c.kind = 'mentions') over (
    partition by coalesce(c.target_document_id, c.target_title, c.target_number)
))
order by c.paragraph, c.start_at
"""
_CITATIONS_IN = """
select document_id, kind, sentence, paragraph from citation
where target_document_id = ? and document_id <> target_document_id
"""
_DUTIES = """
select fact_id, sentence, paragraph, start_at, end_at, who, what, due, due_printed, value, strength
from duty where document_no = ? order by paragraph, start_at
"""
_FACTS = """
select fact_id, kind, value, sentence, paragraph, start_at, end_at, rule
from fact where document_no = ? and kind not like 'personal:%' and kind not in ('number', 'deadline')
order by paragraph, start_at, kind
"""
_VERSIONS = """
select v.version_no, v.capture_id, v.observed_at, c.sha256, c.kind
from version v left join capture c on c.capture_id = v.capture_id
where v.document_no = ? order by v.version_no desc
"""
_TOLD = "select value from field_origin where document_no = ? and field = 'change_note'"
_TOLD_GONE = "select value from field_origin where document_no = ? and field = 'withdrawn' and chosen"
_VERSION_CHANGES = """
select c.version_no, v.observed_at, c.fields, c.paragraphs, c.omitted
from version_change c join version v on v.document_no = c.document_no and v.version_no = c.version_no
where c.document_no = ? order by c.version_no desc
"""
_FORMER_VERSIONS = """
select version_no, title, observed_at, capture_id
from past_body where document_id = ? order by version_no desc
"""
_ATTACHMENTS = """
select a.url, a.name, a.capture_id, a.status, a.media_type, a.pages, length(a.text) as characters,
       a.quality, a.method, a.text_correction, a.places, c.sha256
from attachment a left join capture c on c.capture_id = a.capture_id
where a.document_no = ? order by a.name, a.url
"""
_ATTACHMENT_TEXT = "select text from attachment where document_id = ? and url = ?"
_SITES = "select source_id, name_zh as source_zh, name_en as source_en from source"
_NO_SITE = {"source_zh": None, "source_en": None}
_CAPTURE = """
select c.capture_id, c.source_id, c.url, c.fetched_at, c.status, c.media_type, c.sha256, c.length,
       c.warc_file, c.warc_offset, c.warc_length, c.kind, coalesce(s.reuse, 'link') as reuse,
       coalesce(s.sample, false) as sample
from capture c left join source s on s.source_id = c.source_id
where c.capture_id = ?
"""
# Documents whose reading, an earlier version or an attached file rests on the capture; `personal` too where a
# version took something personal down, or may have: what is not listed whole may hold some.
_RESTING = """
with resting as (
    select document_id from document where capture_id = ?
    union
    select document_id from version where capture_id = ?
    union
    select document_id from attachment where capture_id = ?
)
select r.document_id,
       (select string_agg(a.text, ' ') from attachment a where a.document_id = r.document_id) as attached,
       exists (
           select 1 from fact f where f.document_id = r.document_id and f.kind like 'personal:%'
       ) or exists (
           select 1
           from version_change c
           where c.document_id = r.document_id
               and (c.omitted > 0 or regexp_matches(concat(c.fields, c.paragraphs), '＊|"anonymised"|……"'))
       ) as personal
from resting r
"""
