-- Which held document each citation means: by number, else by title; the reasons against a match come first.
create or replace temp table resolved as
with key as (
    select
        d.document_id,
        d.number_normal,
        reading.title_key,
        d.published,
        d.department_code,
        d.jurisdiction,
        coalesce(d.duplicate_group, d.document_id) as work,
        d.reprint_of is null as is_original
    from pub.document d
    join reading on reading.reading_id = d.reading_id
),

asking as (
    select
        c.fact_id,
        c.document_id,
        c.start_at,
        c.target_number,
        citation.target_key,
        citing.published,
        citing.department_code,
        citing.jurisdiction,
        citing.work
    from pub.citation c
    join citation
        on citation.document_id = c.document_id
        and citation.fact_id = c.fact_id
        and citation.start_at = c.start_at
    join key citing on citing.document_id = c.document_id
),

by_number as (
    select asking.*, key.document_id as target, key.work as target_work, key.is_original,
        key.published as target_published, key.department_code = asking.department_code as same_body,
        'number' as how
    from asking
    join key on key.number_normal = asking.target_number
    where key.work <> asking.work
),

-- A title alone must be long enough to mean one document, must not carry another number, and is looked for in the
-- citing document's own jurisdiction and the ones above and below it.
by_title as (
    select asking.*, key.document_id as target, key.work as target_work, key.is_original,
        key.published as target_published, key.department_code = asking.department_code as same_body,
        'title' as how
    from asking
    anti join by_number
        on by_number.document_id = asking.document_id
        and by_number.fact_id = asking.fact_id
        and by_number.start_at = asking.start_at
    join key on key.title_key = asking.target_key
    where key.work <> asking.work
        and length(asking.target_key) >= 4
        and (asking.target_number is null or key.number_normal is null)
        and (
            asking.jurisdiction is null
            or key.jurisdiction is null
            or starts_with(asking.jurisdiction, key.jurisdiction)
            or starts_with(key.jurisdiction, asking.jurisdiction)
        )
),

candidates as (
    select *, coalesce(target_published <= published, true) as is_older from by_number
    union all
    select *, coalesce(target_published <= published, true) as is_older from by_title
),

ranked as (
    select
        *,
        row_number() over (
            partition by document_id, fact_id, start_at
            order by
                is_older desc, coalesce(same_body, false) desc, is_original desc, target_published desc nulls last, target
        ) as place,
        count(distinct target_work) over (partition by document_id, fact_id, start_at) as works
    from candidates
),

final as (
    select fact_id, document_id, start_at, target, how, is_older, works = 1 as is_certain
    from ranked
    where place = 1
)

select * from final;

update pub.citation
set target_document_id = resolved.target
from resolved
where citation.document_id = resolved.document_id
    and citation.fact_id = resolved.fact_id
    and citation.start_at = resolved.start_at;
