-- One number for all that a reader can see; left out is what every run moves: run rows, counters, body places,
-- and of the last sighting all but the day.
with shown as (
    select 'document' as part, hash(t) as value
    from (select * exclude (last_seen_at, segment, start_at, length) from pub.document) t
    union all
    select 'label', hash(t) from pub.label t
    union all
    select 'classifier', hash(t) from pub.classifier t
    union all
    select 'citation', hash(t) from pub.citation t
    union all
    select 'duty', hash(t) from pub.duty t
    union all
    select 'fact', hash(t) from pub.fact t
    union all
    select 'attachment', hash(t) from pub.attachment t
    union all
    select 'field_origin', hash(t) from pub.field_origin t
    union all
    select 'version', hash(t) from pub.version t
    union all
    select 'version_change', hash(t) from pub.version_change t
    union all
    select 'past_body', hash(t) from (select * exclude (segment, start_at, length) from pub.past_body) t
    union all
    select 'event', hash(t) from pub.event t
    union all
    select 'source', hash(t) from pub.source t
    union all
    select 'topic_class', hash(t) from pub.topic_class t
    union all
    select 'body', hash(t) from pub.body t
    union all
    select 'body_step', hash(t) from pub.body_step t
    union all
    select 'theme', hash(t) from pub.theme t
    union all
    select 'theme_member', hash(t) from pub.theme_member t
    union all
    select 'quality', hash(t) from pub.quality t
    union all
    select 'evaluation', hash(t) from pub.evaluation t
    union all
    select 'citation_rank', hash(t) from pub.citation_rank t
    union all
    select 'community', hash(t) from pub.community t
    union all
    select 'community_member', hash(t) from pub.community_member t
    union all
    select 'follow_up', hash(t) from pub.follow_up t
    union all
    select 'joint_issue', hash(t) from pub.joint_issue t
    union all
    select 'problem', hash(t) from (select distinct source_id, url, code from pub.problem) t
    union all
    select 'health', hash(t)
    from (
        select source_id, arg_max(verdict, "at") as verdict, arg_max(detail, "at") as detail
        from pub.source_health
        group by source_id
    ) t
    union all
    select 'day', hash(timezone($1, data_until)::date) from pub.publication
),

final as (
    select md5(string_agg(part || ':' || rows || ':' || total, ',' order by part)) as fingerprint
    from (select part, count(*) as rows, sum(value::hugeint) as total from shown group by part) counted
)

select * from final;
