-- From which day until which a document was in force, as far as somebody says so; both days are in force.
-- The first day is the one the document names, else the day it was published; what is only proposed has none. The last
-- is the printed one, or the day before what ended it took effect; null with validity in-force or amended: no end is
-- set; null with any other validity: not known.
create or replace temp table force_day as
with term as (
    select document_id, max(try_cast(value as date)) as ends
    from pub.fact semi join affected using (document_id)
    where kind = 'expiry'
    group by document_id
),

proposed as (
    select document_id
    from pub.document semi join affected using (document_id)
    where regexp_matches(title, '征求意见|公开征集|送审稿|草案|讨论稿|（草稿）')
        or regexp_matches(lower(title), '^proposed|\bdraft\b|\bbill\b|consultation')
        or regexp_matches(lower(coalesce(doc_type, '')), '\bbill\b|introduction|consultation|^resolution$')
),

final as (
    select
        d.document_id,
        case when proposed.document_id is null then coalesce(d.effective, d.published) end as in_force_from,
        case d.validity
            when 'repealed' then least(term.ends, coalesce(ending.effective, ending.published) - 1)
            when 'expired' then coalesce(term.ends, coalesce(ending.effective, ending.published) - 1)
            else case when term.ends >= publishing.today then term.ends end  -- one that passed was put off, to when is not known
        end as in_force_until
    from pub.document d
    join affected on affected.document_id = d.document_id
    join publishing on true
    left join proposed on proposed.document_id = d.document_id
    left join term on term.document_id = d.document_id
    left join pub.document ending on ending.document_id = d.validity_by
)

select * from final;

update pub.document
set in_force_from = force_day.in_force_from, in_force_until = force_day.in_force_until
from force_day
where document.document_id = force_day.document_id;
