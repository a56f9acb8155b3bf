-- Labels, and what was mined from the reading that is published (an older reading's places would point wrongly).
insert into pub.label by name
select * from effective_label order by document_id, field, rank;

insert into pub.classifier by name
select classifier.* exclude (created_at)
from classifier
where classifier_id in (select classifier_id from effective_label)
    or classifier_id in (select c.classifier_id from classified c semi join selected using (document_id))
order by classifier_id;

insert into pub.citation by name
select citation.* exclude (target_key)
from citation
semi join (from selected where facts_fit) fitting using (document_id)
order by document_id, paragraph, start_at, fact_id;

insert into pub.duty by name
select duty.*
from duty
semi join (from selected where facts_fit) fitting using (document_id)
order by document_id, paragraph, start_at, fact_id;

insert into pub.fact by name
select fact.*
from fact
semi join (from selected where facts_fit) fitting using (document_id)
order by document_id, paragraph, start_at, fact_id, kind;
