-- Not fewer than half of the documents of the publication before; a broken night must not replace a good one.
select
    '' as document_id,
    count(d.document_id) || ' documents where there were ' || any_value(publishing.previous)
        || ' (publish --force if that is right)' as reason
from publishing
left join pub.document d on true
having not any_value(publishing.force)
    and not (any_value(publishing.previous_replayed) and not any_value(publishing.replayed))
    and count(d.document_id) * 2 < any_value(publishing.previous)
