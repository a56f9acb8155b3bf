-- Where documents came from and what happened to them.
insert into fresh.attachment by name
select attachment.*, selected.document_no
from attachment join selected using (document_id)
order by selected.document_no, url;

insert into fresh.field_origin by name
with listed as (
    select
        selected.document_id,
        selected.document_no,
        unnest(
            from_json(
                reading.origins, '[{"field":"varchar","value":"varchar","origin":"varchar","chosen":"boolean"}]'
            )
        ) as one
    from selected
    join reading on reading.reading_id = selected.reading_id
)

select
    document_id,
    document_no,
    one.field as field,
    one.value as value,
    one.origin as origin,
    one.chosen as chosen
from listed
order by document_no;

insert into fresh.version by name
select version.document_id, selected.document_no, version.version_no, version.capture_id, version.observed_at
from version join selected using (document_id)
order by selected.document_no, version.version_no;

insert into fresh.version_change by name
select
    version_change.document_id,
    selected.document_no,
    version_change.version_no,
    version_change.fields,
    version_change.paragraphs,
    version_change.omitted
from version_change join selected using (document_id)
order by selected.document_no, version_change.version_no;

insert into fresh.event by name
select event.*, selected.document_no
from event join selected using (document_id)
order by selected.document_no, event."at", event_id;
