-- Fictional sample documents and real ones are never published together.
select d.document_id, 'source ' || d.source_id || if(d.sample, ' is sample data', ' is real') as reason
from pub.document d
semi join affected on affected.document_id = d.document_id
join publishing on true
where d.sample <> publishing.sample
