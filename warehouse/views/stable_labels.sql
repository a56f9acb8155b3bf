-- One row a label: every department and topic that was given or is a candidate, with who says so.
create or replace view stable.labels as
select document_id, field, "rank", scheme, code, name, score, basis, given
from main.label;
