"""How much was published on a subject month by month, and which of its sources were heard from in each."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from warehouse.queries.briefing import subject_where
from warehouse.queries.reading import Published, Row
from warehouse.queries.reprints import TOLD_ONCE

_MONTHS = """
select cast(date_trunc('month', d.published) as date) as month, count(*) as documents
from document d where {subject} and d.status <> 'withdrawn' and d.published between ? and ? and {told_once}
group by 1 order by 1
"""
_SOURCES = """
select d.source_id, coalesce(any_value(s.name_zh), any_value(s.name_en), d.source_id) as name
from document d left join source s on s.source_id = d.source_id
where {subject} and d.status <> 'withdrawn' group by d.source_id order by d.source_id
"""
_HEARD = """
select source_id, cast(date_trunc('month', published) as date) as month
from document where published is not null and status <> 'withdrawn' group by all
union
select source_id, cast(date_trunc('month', "at") as date)
from source_health where verdict in ('ok', 'quiet') group by all
"""


def months(publication: Published, kind: str, key: str, first: date, last: date) -> list[Row]:
    """Documents of the subject by the month of publication (its first day); empty ones are left out."""
    return publication.rows(
        _MONTHS.format(subject=subject_where(kind), told_once=TOLD_ONCE), [key, first, last]
    )


def sources_of(publication: Published, kind: str, key: str) -> dict[str, str]:
    """The sources that the subject's documents stand in, with their names."""
    rows = publication.rows(_SOURCES.format(subject=subject_where(kind)), [key])
    return {str(row["source_id"]): str(row["name"]) for row in rows}


def months_heard(publication: Published) -> dict[str, set[date]]:
    """By source, the months (first days) in which it was heard from, whatever the subject.

    That is: it is held with something published then, or a visit went well then.
    """
    found: dict[str, set[date]] = defaultdict(set)
    for row in publication.rows(_HEARD):
        found[str(row["source_id"])].add(row["month"])
    return dict(found)
