-- Captures that the documents of the publication rest on: those of touched documents, now or before.
create or replace temp table capture_asked as
select capture_id from former_capture
union
select d.capture_id from pub.document d semi join touched using (document_id)
union
select v.capture_id from pub.version v semi join touched using (document_id)
union
select a.capture_id from pub.attachment a semi join touched using (document_id);

create or replace temp table capture_rested_on as
select capture_id from pub.document semi join capture_asked using (capture_id)
union
select capture_id from pub.version semi join capture_asked using (capture_id)
union
select capture_id from pub.attachment semi join capture_asked using (capture_id);

delete from pub.capture
where capture_id in (from capture_asked) and capture_id not in (from capture_rested_on);

insert into pub.capture by name
select capture.*
from capture
semi join capture_rested_on using (capture_id)
anti join (select capture_id from pub.capture) held using (capture_id)
order by capture_id
