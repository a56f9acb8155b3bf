-- The selected bodies that have no place yet, or one in a segment that is written together again.
create or replace temp table due_body as
select
    key.document_id,
    key.reading_id,
    key.mask_hash,
    key.state,
    row_number() over (order by key.document_id) as place
from chunk_body key
left join body_place held on held.reading_id = key.reading_id and held.mask_hash = key.mask_hash
where held.segment is null or held.segment in (select segment from merged_segment)
