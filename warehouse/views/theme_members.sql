-- Members of themes among the documents that were looked at; the others are as they were.
delete from pub.theme_member where document_id in (select document_id from index_row);

insert into pub.theme_member by name
select theme_found.*
from theme_found
semi join index_row on index_row.document_id = theme_found.document_id
order by theme_id, document_id;

-- The same beside each document, so that a list of a theme reads no other table.
update pub.document
set theme_ids = told.theme_ids
from (
    select
        index_row.document_id,
        ',' || string_agg(distinct found.theme_id, ',' order by found.theme_id) || ',' as theme_ids
    from index_row left join theme_found as found on found.document_id = index_row.document_id
    group by index_row.document_id
) as told
where document.document_id = told.document_id and document.theme_ids is distinct from told.theme_ids;
