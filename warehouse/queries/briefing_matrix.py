"""Region by measure: which documents of a region name which measure, and which say there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.queries.briefing import subject_where
from warehouse.queries.by_name import documents_by_name
from warehouse.queries.classes import ABOUT
from warehouse.queries.naming import plain, sentences_naming
from warehouse.queries.reading import Published, Row
from warehouse.queries.reprints import TOLD_ONCE
from warehouse.search.by_region import documents_found, region_counts

MOST_NEGATING = 40  # documents of one term that are read for a sentence that says there is none
_LACKING = (
    "(?:尚未|还未|仍未|至今未|暂未|还没有|没有|未)(?:建立|出台|制定|开展|实施|设立|建成|实行|开通|推行|提供|配备|建设)"
    "|尚无|暂无|(?:仍是|尚属|还是)空白"
)
_SIGNS = (
    "尚未",
    "还未",
    "仍未",
    "至今未",
    "暂未",
    "没有",
    "未建立",
    "未出台",
    "未开展",
    "尚无",
    "暂无",
    "空白",
)
_COVERED = """
with held as (
    select source_id, count(*) as documents from document where status <> 'withdrawn' group by source_id
)
select s.region, any_value(s.level) as level, any_value(s.jurisdiction) as jurisdiction,
    count(*) as sources, sum(h.documents)::bigint as documents
from source s join held h using (source_id)
where s.region is not null and s.enabled
group by s.region order by s.region
"""
_TERMS = "select terms from theme where theme_id = ?"
_CLASSES = """
with each as (
    select d.region, unnest(d.topic_codes) as code from document d
    where {subject} and d.status <> 'withdrawn' and d.region is not null and {told_once}
)
select region, code, count(*) as documents from each group by region, code
"""
_OF_CLASS = """
select d.region, count(*) as documents from document d
where {about} and d.status <> 'withdrawn' and d.region is not null and {told_once} group by d.region
"""


def regions_covered(publication: Published) -> list[Row]:
    """Regions of which an enabled source is held with documents: level, jurisdiction, sources, documents."""
    return publication.rows(_COVERED)


def terms_of_theme(publication: Published, theme_id: str) -> tuple[str, ...]:
    """The words a theme is known by, as its file lists them."""
    rows = publication.rows(_TERMS, [theme_id])
    return tuple(rows[0]["terms"] or ()) if rows else ()


def regions_naming(publication: Published, term: str) -> dict[str, int]:
    """By region, how many documents of its own, no reprints, name the term in title, text or attachment."""
    return region_counts(publication, quoted(term))


def regions_lacking(publication: Published, term: str) -> dict[str, list[Row]]:
    """By region, documents in which every sentence with the term says that there is no such thing yet.

    Each with one such sentence and its place. Read are the first `MOST_NEGATING` documents that hold the term
    beside a word of lacking.
    """
    signs = " OR ".join(quoted(sign) for sign in _SIGNS)
    found: dict[str, list[Row]] = {}
    ids = documents_found(publication, f"{quoted(term)} ({signs})", MOST_NEGATING)
    for document_id, row in documents_by_name(publication, "d.region", ids).items():
        told = lacking_sentence(publication.body(document_id), term)
        if told and row["region"]:
            found.setdefault(row["region"], []).append({"document_id": document_id, **told})
    return found


def lacking_sentence(paragraphs: Sequence[str], term: str) -> Row | None:
    """The first sentence that says the term does not exist yet, when all sentences with the term say so."""
    words = re.escape(plain(term))
    said = re.compile(f"(?:{_LACKING})[^，。；]{{0,10}}{words}|{words}[^，。；]{{0,10}}(?:{_LACKING})")
    naming = list(sentences_naming(paragraphs, term))
    if not naming or not all(said.search(plain(one.text)) for one in naming):
        return None
    return naming[0].as_row()


def classes_by_region(publication: Published, kind: str, key: str) -> list[Row]:
    """Documents of the subject by region and topic class; a document counts under each of its classes."""
    return publication.rows(_CLASSES.format(subject=subject_where(kind), told_once=TOLD_ONCE), [key])


def regions_of_class(publication: Published, code: str) -> dict[str, int]:
    """By region, the documents of one topic class."""
    rows = publication.rows(_OF_CLASS.format(about=ABOUT, told_once=TOLD_ONCE), [code])
    return {str(row["region"]): int(row["documents"]) for row in rows}


def quoted(term: str) -> str:
    """A term as the search takes it word for word."""
    return f'"{term.replace(chr(34), " ")}"'
