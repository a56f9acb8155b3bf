"""What of a subject is in force, takes force soon, and where documents state different figures of one aim."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from warehouse.queries.briefing import subject_where
from warehouse.queries.briefing_items import items
from warehouse.queries.by_name import documents_by_name, rows_of
from warehouse.queries.reading import Published, Row, within
from warehouse.queries.reprints import TOLD_ONCE

STATES = ("in-force", "amended", "repealed", "expired", "unknown")
MOST_STATING = 300  # latest documents whose figures are compared
MOST_DISPUTES = 12
_STATES = """
select coalesce(d.validity, 'unknown') as validity, count(*) as documents
from document d where {subject} and d.status <> 'withdrawn' group by 1
"""
_TAKING_FORCE = """
select d.document_id, d.in_force_from from document d
where {subject} and d.status <> 'withdrawn' and d.in_force_from between ? and ? and {told_once}
    and coalesce(d.validity, 'unknown') not in ('repealed', 'expired')
    and (d.effective is not null or d.in_force_from <> d.published)  -- a day of its own
order by d.in_force_from, d.document_id limit ?
"""
_STATING = """
select d.document_id from document d
where {subject} and d.published >= ? and d.status <> 'withdrawn' and {told_once}
    and coalesce(d.validity, 'unknown') not in ('repealed', 'expired')
    and d.document_no in (select f.document_no from fact f where f.kind = 'target')
order by d.published desc, d.document_id limit ?
"""
_TARGET = "fact_id, document_id, value"
_PLACE = "fact_id, document_id, sentence, paragraph, start_at, end_at"


def states(publication: Published, kind: str, key: str) -> dict[str, int]:
    """How many documents of the subject are in each state; `unknown` is said as readily as the others."""
    rows = publication.rows(_STATES.format(subject=subject_where(kind)), [key])
    counted = {row["validity"]: int(row["documents"]) for row in rows}
    return {state: counted.get(state, 0) for state in STATES}


def taking_force(
    publication: Published, kind: str, key: str, first: date, last: date, *, limit: int = 20
) -> list[Row]:
    """Documents of the subject that name a first day in force within the period, soonest first."""
    sql = _TAKING_FORCE.format(subject=subject_where(kind), told_once=TOLD_ONCE)
    return items(publication, publication.rows(sql, [key, first, last, within(limit, MOST_STATING)]))


def disputed(publication: Published, kind: str, key: str, since: date) -> list[list[Row]]:
    """Figures that differ for the same indicator, year, unit and region, the latest first in each group.

    Looked at are the latest `MOST_STATING` documents of the subject published since that state an aim and
    are not known to have ended. A group has two documents at least; it asks for a look, it finds nothing.
    """
    sql = _STATING.format(subject=subject_where(kind), told_once=TOLD_ONCE)
    ids = [row["document_id"] for row in publication.rows(sql, [key, since, MOST_STATING])]
    stated = rows_of(publication, ids, "fact", _TARGET, "kind = 'target'")
    if not stated:
        return []
    columns = "d.title, d.region, d.published, d.issuer, d.department_code, d.department_name"
    named = documents_by_name(publication, columns, (row["document_id"] for row in stated))
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in stated:
        indicator, value, unit, year = (*str(row["value"]).split("|"), "", "", "")[:4]
        document = named[row["document_id"]]
        if indicator and value and year and document["region"]:
            told = {**document, **row, "indicator": indicator, "stated": value, "unit": unit, "year": year}
            groups[indicator, unit, year, document["region"]].append(told)
    differing = [_each_once(rows) for rows in groups.values() if _differ(rows)]
    differing.sort(key=lambda rows: (rows[0]["indicator"], rows[0]["year"], rows[0]["region"]))
    return _with_sentences(publication, differing[:MOST_DISPUTES])


def _with_sentences(publication: Published, groups: list[list[Row]]) -> list[list[Row]]:
    """The sentences are read of those alone that are shown: each costs the unpacking of its neighbours."""
    ids = sorted({row["document_id"] for rows in groups for row in rows})
    facts = {row["fact_id"]: row for row in rows_of(publication, ids, "fact", _PLACE, "kind = 'target'")}
    return [[{**row, **facts[row["fact_id"]]} for row in rows] for rows in groups]


def _differ(rows: list[Row]) -> bool:
    return len({row["stated"] for row in rows}) > 1 and len({row["document_id"] for row in rows}) > 1


def _each_once(rows: list[Row]) -> list[Row]:
    """Each figure of each document once, the latest document first."""
    once = {(row["document_id"], row["stated"]): row for row in reversed(rows)}
    return sorted(once.values(), key=lambda row: (str(row["published"] or ""), row["fact_id"]), reverse=True)
