-- Whose group or original is another than the row says.
create or replace temp table copies_changed as
select
    d.document_id,
    d.duplicate_group as old_group,
    d.reprint_of as old_original,
    copies.duplicate_group,
    copies.reprint_of
from pub.document d
semi join looked_at on looked_at.document_id = d.document_id
left join copies on copies.document_id = d.document_id
where copies.duplicate_group is distinct from d.duplicate_group or copies.reprint_of is distinct from d.reprint_of;

update pub.document
set duplicate_group = copies_changed.duplicate_group, reprint_of = copies_changed.reprint_of
from copies_changed
where document.document_id = copies_changed.document_id;
