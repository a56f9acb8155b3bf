-- No document stands in a publication twice.
select d.document_id, count(*) || ' rows' as reason
from pub.document d
semi join affected on affected.document_id = d.document_id
group by d.document_id
having count(*) > 1
