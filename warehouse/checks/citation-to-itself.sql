-- No document is held to cite itself: its own number in its own text is no citation.
select c.document_id, 'cites itself in: ' || left(c.sentence, 40) as reason
from pub.citation c
semi join affected on affected.document_id = c.document_id
where c.target_document_id = c.document_id
