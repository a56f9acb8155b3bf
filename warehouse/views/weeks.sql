-- Documents by week, body, topic and source: all, or those places that a touched document left or took.
create or replace temp table week_place as
with moved as (
    select published, department_code, topic1_code, source_id from former
    union all
    select d.published, d.department_code, d.topic1_code, d.source_id
    from pub.document d semi join touched using (document_id)
)

select distinct date_trunc('week', published)::date as week, department_code, topic1_code, source_id
from moved
where published is not null;

delete from pub.week_count
where rowid in (
    select counted.rowid
    from pub.week_count counted
    semi join week_place place
        on place.week = counted.week
        and place.department_code is not distinct from counted.department_code
        and place.topic1_code is not distinct from counted.topic1_code
        and place.source_id = counted.source_id
);

insert into pub.week_count by name
with dated as (
    select date_trunc('week', published)::date as week, department_code, topic1_code, source_id
    from pub.document
    where published is not null and status = 'active'
)

select dated.week, dated.department_code, dated.topic1_code, dated.source_id, count(*) as documents
from dated
semi join week_place place
    on place.week = dated.week
    and place.department_code is not distinct from dated.department_code
    and place.topic1_code is not distinct from dated.topic1_code
    and place.source_id = dated.source_id
group by all
order by all
