-- What leaves the crawl state with age; each name is the key of [retention], then what it removes.

-- runs-verdicts
delete from source_run
where at < :before and exists (
    select 1 from source_run later where later.source_id = source_run.source_id and later.at > source_run.at
);

-- runs-measurements
delete from observation
where at < :before and exists (
    select 1 from observation later where later.source_id = observation.source_id and later.at > observation.at
);

-- runs-findings
delete from finding where at < :before;

-- runs-alarms
delete from alarm where closed_at < :before;

-- runs-notices
delete from notice where at < :before and taken and not held;

-- runs-runs
delete from run
where started_at < :before and outcome <> 'running' and run_id not in (select run_id from source_run);
