-- Which version of its target each citation meant, and whether what is held of the target is younger than that:
-- a version the site put up later, or a document published after the citing one.
update pub.citation
set target_version = dated.target_version, target_is_later = dated.is_later
from (
    with asked as (
        select
            citation.document_id,
            citation.fact_id,
            citation.start_at,
            citation.target_document_id,
            coalesce(citing.published, citing.written) as cited_on,
            target.version_no as held_version,
            resolved.is_older
        from pub.citation citation
        join resolved
            on resolved.document_id = citation.document_id
            and resolved.fact_id = citation.fact_id
            and resolved.start_at = citation.start_at
        join pub.document citing on citing.document_id = citation.document_id
        join pub.document target on target.document_id = citation.target_document_id
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
    )

    select
        asked.document_id,
        asked.fact_id,
        asked.start_at,
        current_then.target_version,
        not asked.is_older
            or coalesce(asked.cited_on is not null and current_then.target_version < asked.held_version, false) as is_later
    from asked
    left join current_then
        on current_then.document_id = asked.document_id
        and current_then.fact_id = asked.fact_id
        and current_then.start_at = asked.start_at
) dated
where citation.document_id = dated.document_id
    and citation.fact_id = dated.fact_id
    and citation.start_at = dated.start_at;
