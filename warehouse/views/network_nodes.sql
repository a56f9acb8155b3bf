-- Numbers for the documents that cite or are cited, in the order of their names.
create or replace temp table network_node as
with named as (
    select document_id from network_edge
    union
    select target_document_id from network_edge
)

select (row_number() over (order by document_id) - 1)::bigint as node, document_id from named;
