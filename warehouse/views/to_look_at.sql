-- Which documents search and themes look at anew: the affected ones and those they cite, whose rank by citations may
-- have moved; in parts that fit into memory, one after the other as they lie.
create or replace temp table to_look_at as
with looked_at as (
    select document_id from affected
    union
    select c.target_document_id from pub.citation c semi join affected using (document_id)
    where c.target_document_id is not null
)

select d.document_id, ((row_number() over (order by d.document_no) - 1) // $1)::integer as part
from pub.document d semi join looked_at using (document_id);
