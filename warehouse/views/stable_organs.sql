-- One row an issuing body of the authority file: what it is, what it came from, what became of it.
create or replace view stable.organs as
with former as (
    select after_code as code, list(distinct before_code order by before_code) as codes
    from main.body_step
    group by after_code
),

later as (
    select before_code as code, list(distinct after_code order by after_code) as codes
    from main.body_step
    group by before_code
),

held as (
    select department_code as code, count(*) as documents, min(published) as first_day, max(published) as last_day
    from main.document
    where department_code is not null
    group by department_code
)

select
    b.code,
    b.name_zh,
    b.name_en,
    b.short,
    b.jurisdiction,
    b.region,
    b.level,
    b.parent as parent_code,
    above.name_zh as parent_name,
    b.valid_from,
    b.valid_to,
    coalesce(former.codes, []) as former_codes,
    coalesce(later.codes, []) as later_codes,
    coalesce(held.documents, 0) as documents,
    held.first_day as first_published,
    held.last_day as last_published
from main.body b
left join main.body above on above.code = b.parent
left join former on former.code = b.code
left join later on later.code = b.code
left join held on held.code = b.code;
