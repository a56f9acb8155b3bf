-- What the board of problems compares: of each kind, class of the first level, place and language the surest
-- sentences, those of inspections, audits, hearings and reports first. $1: problems, $2: measures of a place and
-- class, $3: problems, $4: measures in all, $5: the least confidence.
insert into pub.board_passage by name
with sentence as (
    select fact_id as passage_id, document_id, kind, try_cast(value as double) as confidence, paragraph, start_at, end_at
    from pub.fact
    where kind in ('problem', 'measure') and try_cast(value as double) >= $5
),

placed as (
    select
        sentence.*,
        case
            when regexp_matches(d.title, '督查|督察|督办|检查|巡视|巡察|核查|复核|(?i:inspection)') then 'inspection'
            when regexp_matches(d.title, '审计|(?i:audit)') then 'audit'
            when regexp_matches(d.title, '听证|(?i:hearing)') then 'hearing'
            when regexp_matches(d.title, '报告|(?i:report)') then 'report'
            when d.unit = 'letter' then 'letter'
            else 'other'
        end as origin,
        coalesce(d.published, d.written, timezone('UTC', d.first_seen_at)::date) as day,
        d.topic_code,
        d.topic1_code,
        coalesce(d.region, '') as region,
        d.department_code,
        coalesce(d.department_name, d.issuer) as department_name,
        d.theme_ids,
        d.language,
        d.title
    from sentence
    join pub.document d using (document_id)
    where d.status = 'active' and d.reprint_of is null and d.topic1_code is not null and d.unit in ('document', 'letter')
),

ranked as (
    select
        *,
        row_number() over (
            partition by kind, topic1_code, region, language
            order by kind = 'problem' and origin = 'other', confidence desc, day desc, passage_id
        ) as place
    from placed
),

chosen as (
    select *, row_number() over (partition by kind order by place, confidence desc, day desc, passage_id) as among
    from ranked
    where place <= case kind when 'problem' then $1 else $2 end
    qualify among <= case kind when 'problem' then $3 else $4 end
)

select chosen.* exclude (place, among), fact.sentence
from chosen
join pub.fact fact on fact.fact_id = chosen.passage_id and fact.document_id = chosen.document_id and fact.kind = chosen.kind
order by chosen.kind, topic1_code, region, passage_id;
