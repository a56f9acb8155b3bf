-- What telling copies apart looks at, of the documents that share a key with another.
with shared as (
    select key
    from copy_key_now semi join looked_at using (document_id)
    group by key
    having count(*) > 1
),

candidate as (select distinct document_id from copy_key_now semi join shared using (key))

select
    d.document_id,
    case when d.number_organ <> '' and d.number_serial is not null then d.number_normal end,
    reading.title_key,
    reading.text_hash,
    d.characters,
    coalesce(source.department_code = d.department_code, false),
    d.published,
    d.first_seen_at,
    d.status = 'withdrawn'
from pub.document d
semi join candidate on candidate.document_id = d.document_id
join reading on reading.reading_id = d.reading_id
left join source on source.source_id = d.source_id
where d.unit = 'document'
order by d.document_id
