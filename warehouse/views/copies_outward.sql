-- One step further: whoever shares a key with those looked at.
insert into looked_at
with keys as (select distinct key from copy_key_now semi join looked_at using (document_id))

select distinct document_id
from copy_key_now semi join keys using (key)
where document_id not in (select document_id from looked_at);
