"""What the page on completeness asks beside the lists of `series` and `wanted`: choices, totals, coverage."""

from __future__ import annotations

from collections import Counter
from typing import Any

from warehouse.desk.number_marks import NumberMark
from warehouse.number_states import GAP_STATES
from warehouse.publication import Publication
from warehouse.queries.reading import Published, Row
from warehouse.queries.series import gap_states, series_gaps

ALL = 1_000_000  # more rows than any publication has gaps
_CHOSEN = """
    where (? is null or s.word = ? or s.department_code = ? or b.name_zh = ?)
        and (? is null or s.year = ?) and (? is null or list_contains(s.sources, ?))
"""
_FROM = "from series s left join body b on b.code = s.department_code"
_STATES = f"""
select g.state, sum(g.missing)::bigint as missing, count(*) as runs
{_FROM} join series_gap g on g.series_id = s.series_id {_CHOSEN} group by g.state
"""
_COUNTS = f"""
select count(*) as series, coalesce(sum(s.held), 0)::bigint as held,
    coalesce(sum(s.highest), 0)::bigint as highest
{_FROM} {_CHOSEN}
"""
_ORGANS = """
select s.word, any_value(b.name_zh) as name_zh, any_value(b.name_en) as name_en, sum(s.held)::bigint as held
from series s left join body b on b.code = s.department_code
group by s.word order by held desc, s.word limit 200
"""
_YEARS = "select distinct year from series where year is not null order by year desc"
_KNOWN_ORGAN = f"select 1 {_FROM} where ? in (s.word, s.department_code, b.name_zh) limit 1"
_ISSUERS = """
select department_code, any_value(department_name) as department_name, count(*) as targets
from wanted where department_code is not null
group by department_code order by targets desc, department_code limit 200
"""
_WANTED = """
select count(*) as targets, coalesce(sum(cited_by), 0)::bigint as citations from wanted
where (? is null or department_code = ? or department_name = ?) and (? is null or list_contains(kinds, ?))
"""
_SOURCES = """
with numbered as (
    select unnest(sources) as source_id, unnest(source_counts) as held, highest from series
),
covered as (
    select source_id, count(*) as series, sum(held)::bigint as numbers, sum(highest)::bigint as highest
    from numbered group by source_id
),
held as (
    select source_id, count(*) as documents, max(published) as latest from document
    where status <> 'withdrawn' group by source_id
),
visited as (
    select source_id, max_by(verdict, "at") as verdict, max("at") as last_visit,
        max("at") filter (verdict in ('ok', 'quiet')) as last_success
    from source_health group by source_id
)
select s.source_id, s.name_zh, s.name_en, s.region, s.enabled,
    coalesce(h.documents, 0)::bigint as documents, h.latest, v.verdict, v.last_visit, v.last_success,
    coalesce(c.series, 0)::bigint as series, c.numbers, c.highest
from source s
left join held h using (source_id) left join visited v using (source_id) left join covered c using (source_id)
where s.enabled or h.documents > 0
order by documents desc, s.source_id
"""


def series_count(
    publication: Published, organ: str | None = None, year: int | None = None, source: str | None = None
) -> Row:
    """How many series the choice has, numbers held and the highest numbers together."""
    return publication.rows(_COUNTS, _values(organ, year, source))[0]


def gap_totals(
    publication: Publication,
    marks: tuple[NumberMark, ...],
    organ: str | None = None,
    year: int | None = None,
    source: str | None = None,
) -> dict[str, tuple[int, int]]:
    """By state, how many numbers are missing and in how many runs; what people said since is laid over it."""
    if marks:
        rows = series_gaps(publication, marks, organ=organ, year=year, source=source, limit=ALL)
        missing, runs = gap_states(rows), Counter(row["state"] for row in rows)
        return {state: (missing[state], runs[state]) for state in GAP_STATES}
    found = {row["state"]: row for row in publication.rows(_STATES, _values(organ, year, source))}
    told = ((state, found.get(state, {"missing": 0, "runs": 0})) for state in GAP_STATES)
    return {state: (int(row["missing"]), int(row["runs"])) for state, row in told}


def organs(publication: Published) -> list[Row]:
    """The number words with the most numbers held, each with the body that mostly issues under it."""
    return publication.rows(_ORGANS)


def is_organ(publication: Published, organ: str) -> bool:
    """Whether a series has this number word, or is this body's by code or full name."""
    return bool(publication.rows(_KNOWN_ORGAN, [organ]))


def years(publication: Published) -> list[int]:
    """The years of series, the latest first."""
    return [int(row["year"]) for row in publication.rows(_YEARS)]


def wanted_issuers(publication: Published) -> list[Row]:
    """Bodies that probably issued what is cited and not held, those with the most targets first."""
    return publication.rows(_ISSUERS)


def wanted_count(publication: Published, department: str | None = None, kind: str | None = None) -> Row:
    """How many targets of a body and a relation are wanted, and how many works cite them."""
    return publication.rows(_WANTED, [department, department, department, kind, kind])[0]


def source_coverage(publication: Published) -> list[Row]:
    """Each source: documents, latest day, last visit and success, and its part of the series of numbers."""
    return publication.rows(_SOURCES)


def _values(organ: str | None, year: int | None, source: str | None) -> list[Any]:
    return [organ, organ, organ, organ, year, year, source, source]
