-- The touched documents in the order in which they were first seen, cut into parts of $1.
create or replace temp table chunked as
select
    document.document_id,
    ((row_number() over (order by document.first_seen_at, document.document_id) - 1) // $1)::integer as part
from document semi join touched on touched.document_id = document.document_id
