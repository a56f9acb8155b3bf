-- Members of themes among the documents that were looked at; the others are as they were.
delete from pub.theme_member where document_id in (select document_id from index_row);

insert into pub.theme_member by name
select theme_found.*
from theme_found
semi join index_row on index_row.document_id = theme_found.document_id
order by theme_id, document_id
