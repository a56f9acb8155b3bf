-- The one row about the publication itself.
insert into pub.publication by name
select
    publishing.publication_id,
    publishing.created_at,
    $1::integer as schema_version,
    (select count(*) from pub.document) as documents,
    (select count(distinct source_id) from pub.document) as sources,
    greatest(
        (select max(last_seen_at) from pub.document),
        (select max(coalesce(ended_at, started_at)) from pub.crawl_run)
    ) as data_until,
    publishing.sample,
    (select coalesce(list(classifier_id order by classifier_id), []) from pub.classifier) as classifiers,
    publishing.replayed
from publishing;
