-- Archived list pages and feeds that are older than they are kept.

-- listings-captures
select old.capture_id, old.warc_file, old.warc_offset, old.warc_length
from capture old
where old.role in ('list', 'feed', 'api')
    and old.fetched_at < :before
    and old.standing <> 'held'
    and exists (
        select 1 from capture later
        where later.source_id = old.source_id and later.url = old.url and later.capture_no > old.capture_no
    )
    and old.capture_id not in (select good_capture from finding where good_capture is not null)
    and old.capture_id not in (select bad_capture from finding where bad_capture is not null)
    and old.capture_id not in (select good_capture from alarm where good_capture is not null)
    and old.capture_id not in (select bad_capture from alarm where bad_capture is not null)
    and old.capture_id not in (select unconfirmed from frontier where unconfirmed is not null)
