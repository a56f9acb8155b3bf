-- Labels name classes and bodies of the vocabularies carried with the publication.
select label.document_id, label.field || ' ' || label.code as reason
from pub.label label
left join pub.topic_class topic on topic.scheme = label.scheme and topic.code = label.code
left join pub.body body on body.code = label.code
where (label.field = 'topic' and topic.code is null and exists (select 1 from pub.topic_class))
    or (label.field = 'department' and body.code is null and exists (select 1 from pub.body))
