-- Joint issues of all bodies. Who issued is asked as warehouse/queries/issuers.py asks it: the best label, and what is printed or read for sure.
delete from pub.joint_issue;

insert into pub.joint_issue by name
with issuer as (
    select distinct
        d.document_id,
        d.published,
        label.code,
        coalesce(body.name_zh, label.name) as name
    from pub.document d
    join pub.label label on label.document_id = d.document_id and label.field = 'department'
    left join pub.body body on body.code = label.code
    where d.status = 'active'
        and d.reprint_of is null
        and (
            label.rank = 1
            or (
                label.basis in ('published', 'rule')
                and label.score >= 0.9
                and d.department_basis is distinct from 'librarian'
            )
        )
)

select
    one.code as one_code,
    min(one.name) as one_name,
    other.code as other_code,
    min(other.name) as other_name,
    count(distinct one.document_id)::integer as documents,
    min(one.published) as first_issued,
    max(one.published) as last_issued
from issuer one
join issuer other on other.document_id = one.document_id and other.code > one.code
group by one.code, other.code
order by documents desc, one_code, other_code;
