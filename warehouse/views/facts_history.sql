-- Where documents came from and what happened to them.
insert into pub.attachment by name
select attachment.*
from attachment semi join selected using (document_id)
order by document_id, url;

insert into pub.field_origin by name
with listed as (
    select
        selected.document_id,
        unnest(
            from_json(
                reading.origins, '[{"field":"varchar","value":"varchar","origin":"varchar","chosen":"boolean"}]'
            )
        ) as one
    from selected
    join reading on reading.reading_id = selected.reading_id
)

select document_id, one.field as field, one.value as value, one.origin as origin, one.chosen as chosen
from listed;

insert into pub.version by name
select version.document_id, version.version_no, version.capture_id, version.observed_at
from version semi join selected using (document_id)
order by document_id, version_no;

insert into pub.version_change by name
select
    version_change.document_id,
    version_change.version_no,
    version_change.fields,
    version_change.paragraphs,
    version_change.omitted
from version_change semi join selected using (document_id)
order by document_id, version_no;

insert into pub.event by name
select event.*
from event semi join selected using (document_id)
order by event."at", event_id;

insert into pub.capture by name
with rested_on as (
    select reading.capture_id from reading semi join selected using (document_id)
    union
    select version.capture_id from version semi join selected using (document_id)
    union
    select attachment.capture_id from attachment semi join selected using (document_id)
)

select capture.* from capture semi join rested_on using (capture_id) order by capture_id;
