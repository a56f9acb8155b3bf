-- Every published document has a reading with a title.
select d.document_id, 'no reading or no title' as reason
from pub.document d
semi join affected on affected.document_id = d.document_id
left join reading on reading.reading_id = d.reading_id
where reading.reading_id is null or trim(d.title) = ''
