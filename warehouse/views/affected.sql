-- Every document of which this publication writes anything anew, or that goes away with it.
create or replace temp table affected as
select document_id from touched
union
select document_id from copies_changed
union
select document_id from targets_changed
union
select document_id from judging;

-- The body of every published document, by reading and masking.
create or replace temp view body_key as
select document_id, reading_id, mask_hash from published_body anti join touched using (document_id)
union all
select document_id, reading_id, mask_hash from new_body_key;
