-- Documents that were seen again and are otherwise as they were.
update pub.document
set last_seen_at = d.last_seen_at
from document d
semi join (from outbox where what = 'seen') seen on seen.document_id = d.document_id
where pub.document.document_id = d.document_id and pub.document.last_seen_at is distinct from d.last_seen_at
