"""Two to five regions or bodies side by side: their documents on one subject, targets, and first days.

Everything is asked of at most `MOST` documents of each side, the newest; what is not found among them or not
held at all is not found, never absent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from warehouse.english_targets import read_english
from warehouse.goal_lists import goals
from warehouse.queries.briefing import subject_where
from warehouse.queries.by_name import documents_by_name, rows_of
from warehouse.queries.naming import sentences_naming
from warehouse.queries.reading import Published, Row, placeholders
from warehouse.queries.reprints import TOLD_ONCE
from warehouse.search.first import first_found
from warehouse.targets import read_target

Kind = Literal["region", "department"]
MOST = 60  # documents of a side that are looked at
FEWEST, MOST_SIDES = 2, 5
_LISTS_READ = 4  # documents of a side whose text is read for a list of goals
_GOAL_TITLE = re.compile(r"政府工作报告|五年规划|规划纲要|国民经济和社会发展")
_TITLE_YEAR = re.compile(r"(20[0-6]\d)\s?年")
_SHOWN = (
    "d.title, d.doc_number, d.doc_type, d.unit, d.issuer, d.department_code, d.department_name, d.published,"
    " d.region, d.level, d.status, d.validity, d.language, d.source_id, d.url, d.characters,"
    " d.duplicate_group, d.sample, d.document_no"
)
_HELD = """
select {column} as side, count(*) as documents, max(d.published) as latest from document d
where {about} and d.status <> 'withdrawn' and {once} and {column} is not null
group by 1 order by documents desc, side limit ?
"""
_NEWEST = """
select d.document_id from document d
where {side} and {about} and d.status <> 'withdrawn' and {once}
order by d.published desc nulls last, d.document_id limit ?
"""
_COUNT = (
    "select count(*) as n from document d where {side} and {about} and d.status <> 'withdrawn' and {once}"
)
_NEAR = """
select document_id, other_id, kind, similarity from near_copy
where document_id in ({ids}) and other_id in ({ids})
order by similarity desc, document_id, other_id
"""


def sides_holding(
    publication: Published, kind: Kind, about: tuple[str, str] | None, limit: int = 40
) -> list[Row]:
    """`side`, `documents` and `latest` of those that hold most on the subject; None: on all."""
    column = "d.region" if kind == "region" else "d.department_code"
    where, values = _about(about)
    return publication.rows(_HELD.format(column=column, about=where, once=TOLD_ONCE), [*values, limit])


def documents_of_side(
    publication: Published, kind: Kind, side: str, about: tuple[str, str] | None
) -> list[Row]:
    """The newest documents of a side on the subject, at most `MOST`."""
    where, values = _about(about)
    sql = _NEWEST.format(side=subject_where(kind), about=where, once=TOLD_ONCE)
    ids = [row["document_id"] for row in publication.rows(sql, [side, *values, MOST])]
    shown = documents_by_name(publication, _SHOWN, ids)
    return [shown[one] for one in ids if one in shown]


def count_of_side(publication: Published, kind: Kind, side: str, about: tuple[str, str] | None) -> int:
    """How many documents a side has on the subject, reprints told once."""
    where, values = _about(about)
    sql = _COUNT.format(side=subject_where(kind), about=where, once=TOLD_ONCE)
    return int(publication.rows(sql, [side, *values])[0]["n"])


def targets_of(publication: Published, documents: Sequence[Row]) -> list[Row]:
    """What these documents set: `target` with its sentence and place, mined or read from a list of goals.

    Lists of goals are read from at most a few documents whose titles promise one; a figure that was mined
    already is not told twice.
    """
    by_id = {str(row["document_id"]): row for row in documents}
    columns = "fact_id, document_id, value, sentence, paragraph, start_at, end_at, rule"
    mined = rows_of(publication, sorted(by_id), "fact", columns, "kind = 'target'")
    told: list[Row] = []
    for row in mined:
        target = read_target(row["value"], row["sentence"]) or read_english(row["sentence"], row["value"])
        if target is not None:
            told.append({**row, "target": target})
    taken = {(row["document_id"], row["target"].key, row["target"].low) for row in told}
    reports = [row for row in documents if _GOAL_TITLE.search(row["title"] or "")][:_LISTS_READ]
    for row in reports:
        told += [
            one
            for one in _goal_rows(publication, row)
            if (one["document_id"], one["target"].key, one["target"].low) not in taken
        ]
    return sorted(told, key=lambda row: (row["document_id"], row["paragraph"], row["start_at"]))


def near_pairs(publication: Published, ids: Sequence[str]) -> list[Row]:
    """Pairs among these documents that publication found to share much of their text."""
    wanted = sorted(set(ids))
    if len(wanted) < 2:
        return []
    return publication.rows(_NEAR.format(ids=placeholders(wanted)), [*wanted, *wanted])


def first_named(publication: Published, kind: Kind, side: str, words: str) -> Row | None:
    """The earliest dated document of a side that names the words, with the sentence where its text does.

    `documents` says how many do. None where none is held. UserError as in a search.
    """
    query = '"' + words.replace('"', " ") + '"'
    asked = {"region": side} if kind == "region" else {"department": side}
    document_id, documents = first_found(publication, query, **asked)
    if document_id is None:
        return None
    shown = documents_by_name(publication, _SHOWN, [document_id]).get(document_id)
    if shown is None:
        return None
    told = sentence_naming(publication.body(document_id), words)
    return {**shown, **(told or {"sentence": None}), "documents": documents}


def sentence_naming(paragraphs: Sequence[str], words: str) -> Row | None:
    """The first sentence that holds the words, with its place; None where only title or attachment does."""
    one = next(sentences_naming(paragraphs, words), None)
    return one.as_row() if one else None


def _about(about: tuple[str, str] | None) -> tuple[str, list[str]]:
    return (subject_where(about[0]), [about[1]]) if about else ("true", [])


def _goal_rows(publication: Published, row: Row) -> list[Row]:
    named = _TITLE_YEAR.search(row["title"])
    issued = int(named[1]) if named else row["published"].year if row["published"] else None
    return [
        {
            "fact_id": None,
            "document_id": row["document_id"],
            "value": None,
            "sentence": one.sentence,
            "paragraph": one.paragraph,
            "start_at": one.start,
            "end_at": one.end,
            "rule": "goal-list-1",
            "target": one.target,
        }
        for one in goals(publication.body(row["document_id"]), issued)
    ]
