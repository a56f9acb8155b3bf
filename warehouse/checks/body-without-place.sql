-- Every published document's body lies in a segment.
select document_id, 'no place in a body segment' as reason
from pub.document semi join affected using (document_id)
where segment is null or start_at is null or length is null
