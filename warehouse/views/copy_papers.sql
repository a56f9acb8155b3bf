-- What the comparison needs of every document in a candidate pair.
create or replace temp table copy_number as
select
    d.document_id,
    d.source_id,
    case
        when coalesce(d.number_organ, '') <> '' and d.number_serial is not null then d.number_normal
        else coalesce(regexp_replace(lower(d.doc_number), '[\s-]', '', 'g'), '')
    end as number,
    reading.title_key,
    d.published,
    reading.reading_id
from pub.document d
semi join (select document_id from copy_pair union select other_id from copy_pair) wanted using (document_id)
join reading on reading.reading_id = d.reading_id;
