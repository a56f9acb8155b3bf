-- One row a thing that happened to a document: new, changed, withdrawn, restored.
create or replace view stable.events as
select e.event_id, e.document_id, e.kind, e.version_no, e."at", d.title, d.source_id
from main.event e
join main.document d on d.document_id = e.document_id;
