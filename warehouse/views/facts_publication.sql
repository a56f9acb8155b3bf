-- The one row about the publication itself.
delete from pub.publication;

insert into pub.publication by name
select
    publishing.publication_id,
    publishing.created_at,
    publishing.schema_version,
    (select count(*) from pub.document) as documents,
    (select count(distinct source_id) from pub.document) as sources,
    greatest(
        (select max(last_seen_at) from pub.document),
        (select max(coalesce(ended_at, started_at)) from pub.crawl_run)
    ) as data_until,
    publishing.sample,
    (select coalesce(list(classifier_id order by classifier_id), []) from pub.classifier) as classifiers,
    publishing.replayed,
    (select max(as_of) from networks_as_of) as networks_as_of
from publishing;
