-- One row a week (its Monday) and first-level class: documents published then that were given the class. A
-- document of two classes counts in both; works leaves reprints out.
create or replace view stable.topic_weeks as
with classed as (
    select distinct
        l.document_id,
        coalesce(c.parent, c.code, split_part(l.code, '-', 1)) as topic1_code,
        coalesce(p.name_zh, c.name_zh, split_part(l.name, '\', 1)) as topic1_name
    from main.label l
    left join main.topic_class c on c.scheme = l.scheme and c.code = l.code
    left join main.topic_class p on p.scheme = c.scheme and p.code = c.parent
    where l.field = 'topic' and l.given
)

select
    date_trunc('week', d.published)::date as week,
    classed.topic1_code,
    any_value(classed.topic1_name) as topic1_name,
    count(*) as documents,
    count(*) filter (where d.reprint_of is null) as works
from classed
join main.document d on d.document_id = classed.document_id
where d.published is not null
group by all;
