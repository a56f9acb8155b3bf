-- Where documents came from and what happened to them.
insert into fresh.attachment by name
select attachment.*
from attachment join selected using (document_id)
order by selected.first_seen_at, document_id, url;

insert into fresh.field_origin by name
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

insert into fresh.version by name
select version.document_id, version.version_no, version.capture_id, version.observed_at
from version join selected using (document_id)
order by selected.first_seen_at, document_id, version.version_no;

insert into fresh.version_change by name
select
    version_change.document_id,
    version_change.version_no,
    version_change.fields,
    version_change.paragraphs,
    version_change.omitted
from version_change semi join selected using (document_id)
order by document_id, version_no;

insert into fresh.event by name
select event.*
from event semi join selected using (document_id)
order by event."at", event_id;
