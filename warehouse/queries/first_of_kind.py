"""Documents that are the first of their kind: of a body, or of any place of a level, on their class.

A library that has held a body or a level for a short time only cannot say what was first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from warehouse.queries.reading import Published, Row
from warehouse.queries.reprints import TOLD_ONCE

LOOKS_BACK = 730  # days: "first" means the first of 24 months
_ENOUGH = 5  # documents of a body, or regions, that must be held for "first" to mean anything
_RECENT = 60  # days; what is published longer ago starts nothing, it only came late


def first_of_body(publication: Published, known: Mapping[str, Row], today: date) -> list[str]:
    """The first document of its body and first-level class in 24 months, of a body that is well held."""
    asked = _earliest(known, today, ("department_code", "topic1_code"))
    if not asked:
        return []
    asked = _without(asked, publication.rows(_LED, [*_lists(asked), LOOKS_BACK]))
    if not asked:
        return []
    rows = publication.rows(_FIRST, [*_lists(asked), LOOKS_BACK, LOOKS_BACK, LOOKS_BACK // 2, _ENOUGH])
    return [row["document_id"] for row in rows]


def first_of_region(publication: Published, known: Mapping[str, Row], today: date) -> list[str]:
    """The first document on its class by any place of its level in 24 months, where several are held."""
    asked = _earliest(known, today, ("level", "topic_code"))
    below = {
        name: row for name, row in asked.items() if row["level"] in ("provincial", "municipal", "county")
    }
    if not below:
        return []
    below = _without(below, publication.rows(_ACTED, [*_lists(below), LOOKS_BACK]))
    if not below:
        return []
    places = {row["level"]: row["places"] for row in publication.rows(_PLACES)}
    return sorted(name for name, row in below.items() if places.get(row["level"], 0) >= _ENOUGH - 2)


def _without(asked: Mapping[str, Row], seen: Sequence[Row]) -> dict[str, Row]:
    gone = {row["document_id"] for row in seen}
    return {name: row for name, row in asked.items() if name not in gone}


def _earliest(known: Mapping[str, Row], today: date, keys: tuple[str, str]) -> dict[str, Row]:
    """Of each pair the earliest recent document: a later one cannot be the first."""
    since = today - timedelta(days=_RECENT)
    best: dict[tuple[str, str], tuple[date, str]] = {}
    for document_id, row in known.items():
        one, other, day = row[keys[0]], row[keys[1]], row["published"]
        if (
            one
            and other
            and day
            and since <= day <= today
            and row["status"] == "active"
            and not row["reprint_of"]
        ):
            best[one, other] = min(best.get((one, other), (day, document_id)), (day, document_id))
    return {
        document_id: {**known[document_id], "one": one, "other": other}
        for (one, other), (_, document_id) in sorted(best.items())
    }


def _lists(asked: Mapping[str, Row]) -> list[object]:
    rows = list(asked.values())
    return [list(asked), *([row[name] for row in rows] for name in ("one", "other", "published"))]


_ASKED = """
with asked as (
    select unnest(?::varchar[]) as document_id, unnest(?::varchar[]) as one, unnest(?::varchar[]) as other,
           unnest(?::date[]) as published
)"""
_BEFORE = f"""d.published between a.published - ?::integer and a.published
    and d.document_id <> a.document_id and d.status <> 'withdrawn' and {TOLD_ONCE}"""
# Most are no first: their body had another document that the class leads. One reading of narrow columns
# tells it; to look through the classes of all documents of their bodies took twenty times as long.
_LED = f"""{_ASKED}
select distinct a.document_id from asked a
join document d on d.department_code = a.one and d.topic1_code = a.other
where {_BEFORE}
"""
_ACTED = f"""{_ASKED}
select distinct a.document_id from asked a
join document d on d.level = a.one and d.topic_code = a.other
where {_BEFORE}
"""
_PLACES = "select level, count(distinct region) as places from document group by level"
_FIRST = f"""{_ASKED},
held as (
    select a.document_id,
        count(*) filter (
            list_contains(d.topic_codes, a.other) and d.published >= a.published - ?::integer
        ) as like_it,
        count(*) filter (d.published >= a.published - ?::integer) as near,
        min(d.published) <= any_value(a.published) - ?::integer as long_held
    from asked a
    join document d on d.department_code = a.one and d.published <= a.published
        and d.document_id <> a.document_id and d.status <> 'withdrawn' and {TOLD_ONCE}
    group by a.document_id
)
select document_id from held where like_it = 0 and near >= ? and long_held order by document_id
"""
