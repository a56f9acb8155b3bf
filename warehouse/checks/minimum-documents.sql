-- There are as many documents as [publishing] minimum_documents asks for.
select '' as document_id, count(d.document_id) || ' documents, asked for are ' || any_value(publishing.minimum) as reason
from publishing
left join pub.document d on true
having count(d.document_id) < any_value(publishing.minimum)
