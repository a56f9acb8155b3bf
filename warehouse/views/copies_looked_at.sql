-- Documents that a key joins, now or before, to a touched one: the first step outward.
create or replace temp view copy_key_now as
select document_id, key from copy_key anti join touched using (document_id)
union all
select document_id, key from new_copy_key
union all  -- near-duplicates (warehouse/duplicates.py) share a key of their own
select unnest([document_id, other_id]), hash('near', document_id, other_id) from near_copy where kind = 'copy';

create or replace temp table looked_at as
with keys as (
    select distinct key from copy_key semi join touched using (document_id)
    union
    select distinct key from new_copy_key
)

select distinct document_id from copy_key_now semi join keys using (key)
union
select document_id from touched
union
select document_id from near_moved;
