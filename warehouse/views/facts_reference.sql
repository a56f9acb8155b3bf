-- The tables carried over as they are.
insert into pub.source by name select * from source order by source_id;
insert into pub.topic_class by name select * from topic_class order by scheme, code;
insert into pub.body by name select * from body order by code;
insert into pub.body_step by name select * from body_step order by on_day, before_code, after_code, kind;
insert into pub.crawl_run by name select * from crawl_run order by started_at, run_id;
insert into pub.source_health by name select * from source_health order by "at", run_id, source_id;
insert into pub.problem by name select * from problem order by "at", capture_id, code;
insert into pub.quality by name select * from quality order by name;
insert into pub.evaluation by name select * from evaluation order by name;
insert into pub.theme_member by name
select theme_found.* from theme_found semi join selected using (document_id) order by theme_id, document_id;

insert into pub.week_count by name
select
    date_trunc('week', published)::date as week,
    department_code,
    topic1_code,
    source_id,
    count(*) as documents
from pub.document
where published is not null and status = 'active'
group by all
order by all;
