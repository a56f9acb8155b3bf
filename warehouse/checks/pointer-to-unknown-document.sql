-- What a citation, a reprint or a validity points to is published here, and is another document.
with pointing as (
    select document_id, target_document_id as target, 'cites' as how
    from pub.citation semi join affected using (document_id)
    where target_document_id is not null
    union all
    select document_id, reprint_of, 'is a reprint of'
    from pub.document semi join affected using (document_id)
    where reprint_of is not null
    union all
    select document_id, validity_by, 'is ended or changed by'
    from pub.document semi join affected using (document_id)
    where validity_by is not null
)

select pointing.document_id, pointing.how || ' ' || pointing.target || ', which is not published' as reason
from pointing
anti join pub.document d on d.document_id = pointing.target
union all
select document_id, how || ' itself' from pointing where target = document_id and how = 'is a reprint of'
