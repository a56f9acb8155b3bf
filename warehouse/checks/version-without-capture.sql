-- Every published document has its current version, and the captures it rests on have their cards.
with resting as (
    select d.document_id, d.capture_id, v.capture_id as version_capture_id
    from pub.document d
    semi join affected on affected.document_id = d.document_id
    left join pub.version v on v.document_id = d.document_id and v.version_no = d.version_no
)

select
    resting.document_id,
    case when resting.version_capture_id is null then 'no current version' else 'no card of its capture' end as reason
from resting
left join pub.capture c on c.capture_id = resting.capture_id
where resting.version_capture_id is null or c.capture_id is null
