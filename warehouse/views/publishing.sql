-- The terms of the publication being made, one row, for views and checks.
create or replace temp table publishing as
select
    $1::varchar as publication_id,
    $2::timestamptz as created_at,
    $3::date as today,
    $4::boolean as sample,
    $5::boolean as replayed,
    $6::boolean as force,
    $7::bigint as minimum,
    $8::bigint as previous,
    $9::boolean as previous_replayed,
    $10::boolean as whole,
    $11::integer as shortest_copy,
    $12::integer as schema_version;
