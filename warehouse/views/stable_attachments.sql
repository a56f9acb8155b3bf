-- One row an attached file, with its text where the source allows the whole of it.
create or replace view stable.attachments as
select
    a.document_id,
    a.url,
    a.name,
    a.status,
    a.media_type,
    a.pages,
    a.quality,
    a.method,
    case when s.reuse is null or s.reuse = 'full' then a.text end as text
from main.attachment a
join main.document d on d.document_id = a.document_id
left join main.source s on s.source_id = d.source_id;
