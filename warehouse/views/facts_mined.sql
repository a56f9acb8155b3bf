-- Labels, and what was mined from the reading that is published (an older reading's places would point wrongly).
-- In the order of the documents: what was seen last, which lists ask for most, then lies together.
insert into fresh.label by name
select effective_label.*, selected.document_no
from effective_label join selected using (document_id)
order by selected.document_no, field, rank;

insert into fresh.citation by name
select citation.* exclude (target_key), fitting.document_no
from citation
join (from selected where facts_fit) fitting using (document_id)
order by fitting.document_no, paragraph, start_at, fact_id;

insert into fresh.duty by name
select duty.*, fitting.document_no
from duty
join (from selected where facts_fit) fitting using (document_id)
order by fitting.document_no, paragraph, start_at, fact_id;

insert into fresh.fact by name
select fact.*, fitting.document_no
from fact
join (from selected where facts_fit) fitting using (document_id)
order by fitting.document_no, paragraph, start_at, fact_id, kind;

-- To whom the documents give work, the strongest reason first.
insert into fresh.routing by name
with route as (
    select
        routing.* exclude (rule),
        fitting.document_no,
        coalesce(list_position(['addressee', 'responsible', 'duty', 'topic'], routing.reason), 9) as weight,
        coalesce(fitting.published, timezone('UTC', fitting.first_seen_at)::date) as day
    from routing
    join (from selected where facts_fit) fitting using (document_id)
)

select
    * exclude (weight),
    (row_number() over (partition by document_id order by weight, paragraph, start_at, code))::integer as rank
from route
order by document_no, rank;
