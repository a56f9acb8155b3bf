-- Labels, and what was mined from the reading that is published (an older reading's places would point wrongly).
insert into fresh.label by name
select * from effective_label order by document_id, field, rank;

insert into fresh.citation by name
select citation.* exclude (target_key)
from citation
semi join (from selected where facts_fit) fitting using (document_id)
order by document_id, paragraph, start_at, fact_id;

insert into fresh.duty by name
select duty.*
from duty
semi join (from selected where facts_fit) fitting using (document_id)
order by document_id, paragraph, start_at, fact_id;

insert into fresh.fact by name
select fact.*
from fact
semi join (from selected where facts_fit) fitting using (document_id)
order by document_id, paragraph, start_at, fact_id, kind;
