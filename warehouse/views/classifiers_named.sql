-- Who labelled what is published, and who looked at it without an answer.
delete from pub.classifier;

insert into pub.classifier by name
select classifier.* exclude (created_at)
from classifier
where classifier_id in (select distinct classifier_id from pub.label)
    or classifier_id in (
        select distinct classified.classifier_id
        from classified semi join pub.document on document.document_id = classified.document_id
    )
order by classifier_id
