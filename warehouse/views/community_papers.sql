-- The communities with their most cited documents ($1 at most), whose titles and topics name them.
with cited as (
    select target_document_id as document_id, count(distinct document_id) as times
    from network_edge
    group by target_document_id
),

member as (
    select
        community_member.community_id,
        community_member.document_id,
        d.title,
        d.topic_code,
        d.topic1_code,
        count(*) over (partition by community_member.community_id)::integer as documents,
        row_number() over (
            partition by community_member.community_id
            order by coalesce(cited.times, 0) desc, community_member.document_id
        ) as place
    from community_member
    join pub.document d on d.document_id = community_member.document_id
    left join cited on cited.document_id = community_member.document_id
),

final as (
    select
        community_id,
        any_value(documents) as documents,
        min(document_id) filter (where place = 1) as head_document_id,
        list({'title': title, 'topic': topic_code, 'first_topic': topic1_code} order by place) as papers
    from member
    where place <= $1
    group by community_id
    order by community_id
)

select * from final
