-- What the comparison needs of every document in a candidate pair.
create or replace temp table copy_number as
select
    d.document_id,
    d.source_id,
    copy_number_of(d.number_organ, d.number_serial, d.number_normal, d.doc_number) as number,
    reading.title_key,
    d.published,
    reading.reading_id
from pub.document d
semi join (select document_id from copy_pair union select other_id from copy_pair) wanted using (document_id)
join reading on reading.reading_id = d.reading_id;
