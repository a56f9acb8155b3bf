"""What became of an issuing body, and which codes a reader means who asks for one."""

from __future__ import annotations

from warehouse.queries.reading import Published, Row


def steps_of(publication: Published, code: str) -> list[Row]:
    """The steps of reforms that the body took part in, oldest first, with both bodies' names and codes."""
    return publication.rows(_STEPS_OF, [code, code])


def family_of(publication: Published, code: str) -> tuple[str, ...]:
    """The body, those it was made of and those that took its place, transitively; functions do not count."""
    return tuple(str(row["code"]) for row in publication.rows(_FAMILY_OF, [code, code]))


_STEPS_OF = """
select s.kind, s.on_day, s.act, s.what, s.before_code, s.after_code,
       coalesce(b.name_zh, s.before_code) as before_zh, coalesce(b.name_en, s.before_code) as before_en,
       coalesce(a.name_zh, s.after_code) as after_zh, coalesce(a.name_en, s.after_code) as after_en
from body_step s
left join body b on b.code = s.before_code
left join body a on a.code = s.after_code
where s.before_code = ? or s.after_code = ?
order by s.on_day, s.kind = 'functions', s.before_code, s.after_code
"""
_FAMILY_OF = """
with recursive whole as (
    select before_code, after_code, on_day from body_step where kind <> 'functions'
),
later as (
    select ?::varchar as code, null::date as since
    union
    select w.after_code, w.on_day from later l join whole w on w.before_code = l.code
    where l.since is null or w.on_day >= l.since
),
earlier as (
    select ?::varchar as code, null::date as until
    union
    select w.before_code, w.on_day from earlier e join whole w on w.after_code = e.code
    where e.until is null or w.on_day <= e.until
)
select distinct code from (select code from later union all select code from earlier) order by code
"""
