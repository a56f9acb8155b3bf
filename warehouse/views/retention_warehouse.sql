-- What leaves the warehouse with age; each name is the key of [retention], then what it removes.

-- runs-run_verdicts
delete from source_health where "at" < to_timestamp($1) and exists (
    select 1 from source_health later
    where later.source_id = source_health.source_id and later."at" > source_health."at"
);

-- runs-crawl_runs
delete from crawl_run
where started_at < to_timestamp($1) and run_id not in (select run_id from source_health);

-- problems-problems
delete from problem
where "at" < to_timestamp($1) and capture_id not in (select capture_id from capture);

-- superseded_readings-texts
delete from reading_text
where reading_id in (
    select old.reading_id
    from reading old
    join reading newer
        on newer.document_id = old.document_id
        and newer.version_no = old.version_no
        and newer.capture_id = old.capture_id
        and newer.extractor_version > old.extractor_version
        and try_cast(newer.extractor_version as integer) > try_cast(old.extractor_version as integer)
    where old.reading_id not in (select reading_id from document)
        and old.reading_id not in (select from_reading from version_change)
        and old.reading_id not in (select to_reading from version_change)
        and old.document_id not in (select document_id from spared)
);

-- superseded_readings-readings
delete from reading where reading_id not in (select reading_id from reading_text);
