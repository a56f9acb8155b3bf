-- What readers see of difficulties: which, not when.
select hash(t) as value from (select distinct source_id, url, code from pub.problem) t;

-- Of the health of sources the last verdict.
select hash(t) as value
from (
    select source_id, arg_max(verdict, "at") as verdict, arg_max(detail, "at") as detail
    from pub.source_health
    group by source_id
) t;

-- Of past bodies all but where they lie.
select hash(t) as value from (select * exclude (segment, start_at, length) from pub.past_body) t;

-- The day up to which the data reach.
select hash(timezone($timezone, data_until)::date) as value from pub.publication
