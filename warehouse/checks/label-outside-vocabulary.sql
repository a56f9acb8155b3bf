-- Topic labels name classes of the scheme carried with the publication; a body may be known only by its printed
-- name (a county office, an agency abroad), so a department label needs a name, not a place in the authority file.
select label.document_id, label.field || ' ' || label.code as reason
from pub.label label
semi join affected on affected.document_id = label.document_id
left join pub.topic_class topic on topic.scheme = label.scheme and topic.code = label.code
where (label.field = 'topic' and topic.code is null and exists (select 1 from pub.topic_class))
    or (label.field = 'department' and trim(coalesce(label.name, '')) = '')
