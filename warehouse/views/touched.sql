-- What the publication being made has to write anew: all of a whole one; of a delta what the outbox names.
create or replace temp table touched as
with moved as (  -- bodies that lie in a segment to be written together, or in one that was
    select document_id
    from pub.document
    where segment in (select segment from merged_segment)
        or segment not in (select distinct segment from body_place)
    union
    select document_id from pub.past_body
    where segment not in (select distinct segment from body_place union select distinct segment from past_body)
)

select distinct document_id from outbox where what = 'content' and not (select whole from publishing)
union
select document_id from moved
union
select document_id from document where (select whole from publishing);

-- The rows as they were, for what has to be looked at beside them.
create or replace temp table former as
select d.document_id, d.capture_id, d.published, d.department_code, d.topic1_code, d.source_id
from pub.document d semi join touched using (document_id);

create or replace temp table former_capture as
select distinct capture_id
from (
    select capture_id from former
    union all
    select capture_id from pub.version semi join touched using (document_id)
    union all
    select capture_id from pub.attachment semi join touched using (document_id)
)
where capture_id is not null;

create or replace temp table new_copy_key (document_id varchar, key ubigint);
create or replace temp table new_known_name (document_id varchar, tier tinyint, name ubigint);
create or replace temp table new_asked (
    document_id varchar, fact_id varchar, start_at integer, number ubigint, title ubigint, part ubigint,
    speaks boolean
);
create or replace temp table new_body_key (
    document_id varchar, reading_id varchar, mask_hash varchar, total hugeint
);
