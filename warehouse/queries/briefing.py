"""What a briefing asks about one subject: what is new, changed, ended, due, done elsewhere, and by whom.

A subject is a theme, a topic class (a first-level class with all below it), an issuing body or a region.
Documents that were withdrawn count only among what ended. Every list has the same order at every call and at
most `MOST` rows.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from warehouse.errors import UserError
from warehouse.queries.briefing_items import items, proven_items
from warehouse.queries.classes import ABOUT
from warehouse.queries.duties import DUTY, SOONEST_FIRST, due_from
from warehouse.queries.issuers import ISSUED_BY
from warehouse.queries.reading import Published, Row, within
from warehouse.queries.reprints import TOLD_ONCE
from warehouse.queries.themes import OF_THEME

MOST = 500

_SUBJECTS = {
    "theme": OF_THEME,
    "topic": ABOUT,
    "department": ISSUED_BY,
    "region": "d.region = ?",
}
_NEWEST_FIRST = "order by d.published desc nulls last, d.first_seen_at desc, d.document_id limit ?"

_CHANGED = """
join (
    select v.document_id, max(v.at) as at
    from event v where v.kind = 'changed' and v.at >= ?
    group by v.document_id
) e on e.document_id = d.document_id
"""
_ENDED = """
with ended as (
    select d.document_id, d.validity, d.validity_by, d.in_force_until, d.validity_basis from document d
    where {subject} and d.validity in ('repealed', 'amended', 'expired')
),
withdrawn as (
    select v.document_id, max(v.at) as at from event v where v.kind = 'withdrawn' and v.at >= ?
    group by v.document_id
),
told as (
    select d.document_id, 'withdrawn' as reason, w.at, d.validity_basis, d.validity_by
    from withdrawn w join document d on d.document_id = w.document_id
    where {subject} and d.status = 'withdrawn'  -- one that the site shows again has not ended
    union all
    select e.document_id, e.validity, b.first_seen_at, e.validity_basis, e.validity_by
    from ended e join document b on b.document_id = e.validity_by
    where e.validity <> 'expired' and (b.published >= ? or (b.published is null and b.first_seen_at >= ?))
    union all
    select e.document_id, e.validity, null, e.validity_basis, e.validity_by
    from ended e where e.validity = 'expired' and e.in_force_until >= ?
)
select document_id, arg_max(reason, reason = 'withdrawn') as reason, max("at") as "at",
    any_value(validity_basis) as validity_basis, any_value(validity_by) as validity_by
from told group by document_id order by "at" desc nulls last, document_id limit ?
"""
_FOLLOW_UPS = """
with best as (
    select f.document_id, arg_max(f.parent_document_id, f.confidence) as parent_id,
        arg_max(f.relation, f.confidence) as relation, arg_max(f.lag_days, f.confidence) as lag_days,
        max(f.confidence) as confidence
    from follow_up f group by f.document_id
)
select d.document_id, b.parent_id, p.title as parent_title, b.relation, b.lag_days, b.confidence,
    'follows' as reason
from best b
join document d on d.document_id = b.document_id
join document p on p.document_id = b.parent_id
where {subject} and d.status <> 'withdrawn' and d.published >= ?
order by d.published desc, b.confidence desc, d.document_id limit ?
"""
_ACTORS = """
select d.department_code as code, coalesce(any_value(b.name_zh), d.department_name) as name,
    coalesce(any_value(b.region), any_value(d.region)) as region,
    coalesce(any_value(b.level), any_value(d.level)) as level,
    count(*) as documents, max(d.published) as latest
from document d left join body b on b.code = d.department_code
where {subject} and {told_once} and d.status <> 'withdrawn' and d.published >= ?
    and d.department_name is not null
group by d.department_code, d.department_name
order by documents desc, latest desc, name limit 50
"""
_WEEKS = """
select cast(date_trunc('week', d.published) as date) as week, count(*) as documents
from document d where {subject} and d.status <> 'withdrawn' and d.published between ? and ? and {told_once}
group by 1 order by 1
"""
_COVERAGE = """
with latest as (
    select h.source_id, arg_max(h.verdict, h.at) as verdict from source_health h group by h.source_id
),
held as (
    select source_id, count(*) filter (status <> 'withdrawn') as documents from document group by source_id
),
visited as (
    select coalesce(s.name_zh, s.name_en, s.source_id) as name,
        case when l.verdict is null
            then h.source_id is not null  -- imported, never visited
            else l.verdict in ('ok', 'quiet')
        end as ok
    from source s left join latest l using (source_id) left join held h using (source_id)
    where s.enabled or h.documents > 0
)
select count(*) as sources, count(*) filter (ok) as sources_ok,
    coalesce(list(name order by name) filter (not ok), []) as silent,
    (select coalesce(sum(h.documents), 0)::bigint from held h) as documents,
    (select max(data_until) from publication) as data_until
from visited
"""


def count_members(publication: Published, kind: str, key: str) -> int:
    """All documents of the subject."""
    sql = f"select count(*) as n from document d where {subject_where(kind)} and d.status <> 'withdrawn'"
    return int(publication.rows(sql, [key])[0]["n"])


def count_new(publication: Published, kind: str, key: str, since: date, today: date) -> int:
    """How many documents `new_documents` would list without a limit."""
    sql = f"select count(*) as n from document d where {_new(kind)}"
    return int(publication.rows(sql, [key, since])[0]["n"])


def new_documents(
    publication: Published, kind: str, key: str, since: date, today: date, *, limit: int = 50
) -> list[Row]:
    """Documents of the subject published on or after `since`, newest first, each with reason and evidence."""
    sql = f"select d.document_id from document d where {_new(kind)} {_NEWEST_FIRST}"
    found = publication.rows(sql, [key, since, within(limit, MOST)])
    return proven_items(publication, kind, key, found)


def changed_documents(
    publication: Published,
    kind: str,
    key: str,
    since: date,
    *,
    limit: int = 50,
    timezone: str = "Asia/Shanghai",
) -> list[Row]:
    """Documents whose text or published fields the site changed since; `at` says when we saw it."""
    sql = (
        f"select d.document_id, e.at from document d {_CHANGED} where {subject_where(kind)}"
        " and d.status <> 'withdrawn' order by e.at desc, d.document_id limit ?"
    )
    found = publication.rows(sql, [_start(since, timezone), key, within(limit, MOST)])
    return items(publication, found)


def ended_documents(
    publication: Published,
    kind: str,
    key: str,
    since: date,
    *,
    limit: int = 50,
    timezone: str = "Asia/Shanghai",
) -> list[Row]:
    """Documents withdrawn, repealed, amended or expired since, each with the sentence that says so."""
    start = _start(since, timezone)
    given = [key, start, key, since, start, since, within(limit, MOST)]
    found = publication.rows(_ENDED.format(subject=subject_where(kind)), given)
    return items(publication, found)


def due(
    publication: Published, kind: str, key: str, first: date, last: date, *, limit: int = 50
) -> list[Row]:
    """Duties of documents still to be followed that fall due in the period, soonest first."""
    chosen = due_from(subject_where(kind), copies=True)
    found = publication.rows(
        f"select {DUTY} {chosen} {SOONEST_FIRST} limit ?", [first, last, key, within(limit, MOST)]
    )
    return items(publication, found)


def elsewhere(
    publication: Published, kind: str, key: str, since: date, home_region: str, *, limit: int = 50
) -> list[Row]:
    """The subject's documents of other regions and levels published since, newest first."""
    sql = f"select d.document_id from document d where {_new(kind)} and d.region <> ? {_NEWEST_FIRST}"
    found = publication.rows(sql, [key, since, home_region, within(limit, MOST)])
    return proven_items(publication, kind, key, found)


def follow_ups(publication: Published, kind: str, key: str, since: date, *, limit: int = 50) -> list[Row]:
    """Documents published since that seem to follow one at a level above, newest first; candidates."""
    sql = _FOLLOW_UPS.format(subject=subject_where(kind))
    return items(publication, publication.rows(sql, [key, since, within(limit, MOST)]))


def actors(publication: Published, kind: str, key: str, since: date, today: date) -> list[Row]:
    """Issuing bodies of what is new, most documents first."""
    return publication.rows(_ACTORS.format(subject=subject_where(kind), told_once=TOLD_ONCE), [key, since])


def weeks(publication: Published, kind: str, key: str, first: date, last: date) -> list[Row]:
    """Documents by the week they were published in (its Monday); weeks without any are left out."""
    return publication.rows(
        _WEEKS.format(subject=subject_where(kind), told_once=TOLD_ONCE), [key, first, last]
    )


def coverage(publication: Published) -> Row:
    """Enabled sources, those whose last visit went well, names of the others, documents, and until when."""
    return publication.rows(_COVERAGE)[0]


def subject_where(kind: str) -> str:
    """What holds of document `d` of a subject of this kind, with its key as the one value."""
    if kind not in _SUBJECTS:
        raise UserError(f"A briefing is about a {', '.join(_SUBJECTS)}, not about a '{kind}'.")
    return _SUBJECTS[kind]


def _new(kind: str) -> str:
    return f"{subject_where(kind)} and d.status <> 'withdrawn' and d.published >= ? and {TOLD_ONCE}"


def _start(since: date, timezone: str) -> datetime:
    return datetime.combine(since, time.min, ZoneInfo(timezone))
