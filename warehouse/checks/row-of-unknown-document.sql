-- Labels, citations, duties, facts, routing, attached files, versions and theme members belong to published documents.
with gone as (
    select document_id from affected anti join pub.document using (document_id)
),

named as (
    select document_id, 'label' as part from pub.label semi join gone using (document_id)
    union all
    select document_id, 'citation' from pub.citation semi join gone using (document_id)
    union all
    select document_id, 'duty' from pub.duty semi join gone using (document_id)
    union all
    select document_id, 'duty' from pub.dated_duty semi join gone using (document_id)
    union all
    select document_no::varchar, 'limit' from pub.limit_duty anti join pub.document using (document_no)
    union all
    select document_id, 'fact' from pub.fact semi join gone using (document_id)
    union all
    select document_id, 'routing' from pub.routing semi join gone using (document_id)
    union all
    select document_id, 'attachment' from pub.attachment semi join gone using (document_id)
    union all
    select document_id, 'version' from pub.version semi join gone using (document_id)
    union all
    select document_id, 'theme member' from pub.theme_member semi join gone using (document_id)
)

select distinct document_id, part || ' of a document that is not published' as reason from named
