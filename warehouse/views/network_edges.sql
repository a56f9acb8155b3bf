-- The votes of the documents whose citations were looked at, as the publication being made resolves them. Copies vote once, through the issuing organ's own copy.
create or replace temp table edge_now as
select
    citing.document_id,
    coalesce(target.reprint_of, target.document_id) as target_document_id,
    citation.kind,
    bool_and(coalesce(citation.target_is_later, false)) as later,
    max(case when resolved.how = 'number' then 1.0 when resolved.is_certain then 0.95 else 0.75 end)::double
        as certainty
from pub.citation citation
join resolved
    on resolved.document_id = citation.document_id
    and resolved.fact_id = citation.fact_id
    and resolved.start_at = citation.start_at
join pub.document citing on citing.document_id = citation.document_id
join pub.document target on target.document_id = citation.target_document_id
where citing.status = 'active'
    and citing.reprint_of is null
    and citing.document_id <> coalesce(target.reprint_of, target.document_id)
group by all;

-- Documents whose votes are not those that are kept.
create or replace temp table edge_changed as
with held as (
    from network_edge
    where (select whole from publishing) or document_id in (select document_id from asking_anew)
),

different as (
    (from edge_now except from held)
    union all
    (from held except from edge_now)
)

select distinct document_id from different;
