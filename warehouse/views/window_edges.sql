-- Bodies and topics that stand together in the documents of the last 30, 90 and 365 days up to the newest one, the 500
-- most frequent pairs of each kind: what a page of "who works on what" reads instead of all labels.
delete from pub.graph_window_edge;

insert into pub.graph_window_edge by name
with ending as (
    select max(published) as last_day from pub.document
    where status = 'active' and published <= (select today from publishing)
),

dated as (
    select d.document_id, ending.last_day - d.published as age
    from pub.document d, ending
    where d.status = 'active' and d.reprint_of is null and d.published between ending.last_day - 364 and ending.last_day
),

standing as (
    select distinct dated.document_id, dated.age, label.field, label.code
    from pub.label label
    join dated on dated.document_id = label.document_id
    where label.given and label.code <> ''
),

pair as (
    select
        one.document_id, one.age, one.code as one_code, other.code as other_code,
        case
            when one.field <> other.field then 'body-topic'
            when one.field = 'department' then 'body-body'
            else 'topic-topic'
        end as kind
    from standing one
    join standing other
        on other.document_id = one.document_id
        and (
            (one.field = 'department' and other.field = 'topic')
            or (one.field = other.field and one.code < other.code)
        )
),

counted as (
    select days as window_days, kind, one_code, other_code, count(*)::integer as documents
    from pair
    join (select unnest([30, 90, 365]) as days) wide on pair.age < wide.days
    group by all
),

final as (
    select
        *,
        row_number() over (
            partition by window_days, kind order by documents desc, one_code, other_code
        )::integer as place
    from counted
    qualify place <= 500
)

select * from final order by window_days, kind, place;
