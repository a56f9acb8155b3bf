-- What leaves the desk with age; each name is the key of [retention], then what it removes.

-- visits-visits
delete from visit where at < :before;

-- jobs-jobs
delete from job where coalesce(ended_at, started_at, created_at) < :before;

-- audit-audit_events
delete from audit_event where at < :before;

-- demand-unanswered_queries
delete from unanswered_query where day < :day;

-- demand-handled_queries
delete from handled_query where day < :day and query not in (select query from unanswered_query);

-- runs-alarm_answers
delete from alarm_answer where at < :before;

-- searches-saved_search_hits
delete from saved_search_hit
where search_id in (select search_id from saved_search where removed_at < :before);

-- searches-saved_searches
delete from saved_search where removed_at < :before;

-- visits-looks
delete from look where at < :before;

-- visits-shown_changes
delete from shown_change
where sequence in (select sequence from shown_publication where at < :before)
    and sequence <= coalesce((select min(coalesce(from_sequence, sequence)) from look), sequence);

-- visits-shown_publications
delete from shown_publication
where at < :before
    and sequence not in (select sequence from shown_change)
    and sequence < (select max(sequence) from shown_publication)
    and sequence <= coalesce((select min(coalesce(from_sequence, sequence)) from look), sequence);
