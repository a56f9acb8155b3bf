-- One row a source: what we hold of it, from which day to which, and how its last visit ended.
create or replace view stable.sources as
with held as (
    select
        source_id,
        count(*) as documents,
        count(*) filter (where status = 'withdrawn') as withdrawn,
        count(*) filter (where reprint_of is not null) as reprints,
        count(doc_number) as with_number,
        count(department_code) as with_department,
        count(topic_code) as with_topic,
        min(published) as first_published,
        max(published) as last_published,
        max(last_seen_at) as last_seen_at
    from main.document
    group by source_id
),

visited as (
    select
        source_id,
        arg_max(verdict, "at") as verdict,
        arg_max(detail, "at") as detail,
        max("at") as visited_at
    from main.source_health
    group by source_id
)

select
    s.source_id,
    s.name_zh,
    s.name_en,
    s.jurisdiction,
    s.region,
    s.level,
    s.language,
    s.home_url,
    s.reuse,
    s.enabled,
    s.disabled_reason,
    coalesce(held.documents, 0) as documents,
    coalesce(held.withdrawn, 0) as withdrawn,
    coalesce(held.reprints, 0) as reprints,
    coalesce(held.with_number, 0) as with_number,
    coalesce(held.with_department, 0) as with_department,
    coalesce(held.with_topic, 0) as with_topic,
    held.first_published,
    held.last_published,
    held.last_seen_at,
    visited.verdict,
    visited.detail,
    visited.visited_at,
    s.sample
from main.source s
left join held on held.source_id = s.source_id
left join visited on visited.source_id = s.source_id;
