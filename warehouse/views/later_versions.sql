-- What each citation that is looked at means, which version of its target, and whether what is held of the target is
-- younger than that: a version the site put up later, or a document published after the citing one. Rows that differ.
create or replace temp table targets_changed as
with asked as (
    select
        resolved.document_id,
        resolved.fact_id,
        resolved.start_at,
        resolved.target as target_document_id,
        coalesce(citing.published, citing.written) as cited_on,
        target.version_no as held_version,
        resolved.is_older
    from resolved
    join pub.document citing on citing.document_id = resolved.document_id
    join pub.document target on target.document_id = resolved.target
),

current_then as (
    select
        asked.document_id,
        asked.fact_id,
        asked.start_at,
        coalesce(
            max(version.version_no) filter (where version.observed_at::date <= asked.cited_on),
            min(version.version_no)
        ) as target_version
    from asked
    join pub.version version on version.document_id = asked.target_document_id
    group by asked.document_id, asked.fact_id, asked.start_at
),

meant as (
    select
        asked.document_id,
        asked.fact_id,
        asked.start_at,
        asked.target_document_id,
        current_then.target_version,
        not asked.is_older
            or coalesce(asked.cited_on is not null and current_then.target_version < asked.held_version, false) as is_later
    from asked
    left join current_then
        on current_then.document_id = asked.document_id
        and current_then.fact_id = asked.fact_id
        and current_then.start_at = asked.start_at
)

select
    c.document_id,
    c.fact_id,
    c.start_at,
    c.target_document_id as old_target,
    c.target_version as old_version,
    c.target_is_later as old_later,
    meant.target_document_id,
    meant.target_version,
    meant.is_later as target_is_later
from pub.citation c
semi join asking_anew on asking_anew.document_id = c.document_id
left join meant
    on meant.document_id = c.document_id
    and meant.fact_id = c.fact_id
    and meant.start_at = c.start_at
where meant.target_document_id is distinct from c.target_document_id
    or meant.target_version is distinct from c.target_version
    or meant.is_later is distinct from c.target_is_later;

update pub.citation
set
    target_document_id = changed.target_document_id,
    target_version = changed.target_version,
    target_is_later = changed.target_is_later
from targets_changed changed
where citation.document_id = changed.document_id
    and citation.fact_id = changed.fact_id
    and citation.start_at = changed.start_at;
