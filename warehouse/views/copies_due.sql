-- Which of the affected documents must be compared anew: what telling copies apart looks at has changed.

-- The number that tells two copies apart: the normal form where it has all its parts, else as printed.
create or replace temp macro copy_number_of(organ, serial, normal, printed) as case
    when coalesce(organ, '') <> '' and serial is not null then normal
    else coalesce(regexp_replace(lower(printed), '[\s-]', '', 'g'), '')
end;

create or replace temp table copy_now as
select
    d.document_id,
    d.source_id,
    copy_number_of(d.number_organ, d.number_serial, d.number_normal, d.doc_number) as number,
    reading.title_key,
    d.published,
    reading.text_hash,
    reading.reading_id,
    md5(concat_ws(chr(31), reading.text_hash, number, reading.title_key, d.source_id, d.published)) as state
from pub.document d
semi join copy_scope using (document_id)
join reading on reading.reading_id = d.reading_id
where d.unit = 'document' and d.characters >= 60;

create or replace temp table copy_due as
select copy_now.*
from copy_now
left join (from near_state semi join copy_scope using (document_id)) kept
    on kept.document_id = copy_now.document_id
where kept.state is distinct from copy_now.state;

create or replace temp table copy_gone as
select document_id from near_state semi join copy_scope using (document_id)
except
select document_id from copy_now;
