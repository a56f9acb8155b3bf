-- The codes a document is listed under: every class it was given with the first-level class above it, and every
-- body that issued it (queries/classes.py and queries/issuers.py say which do), so that pages need not join labels.
create or replace temp table document_codes as
with classed as (
    select
        l.document_id,
        unnest([l.code, coalesce(c.parent, c.code, split_part(l.code, '-', 1))]) as code
    from effective_label l
    left join topic_class c on c.scheme = l.scheme and c.code = l.code
    where l.field = 'topic' and l.given
),

topics as (
    select document_id, list(distinct code order by code) as codes from classed group by document_id
),

lead_issuer as (
    select document_id, any_value(basis) as basis
    from effective_label
    where field = 'department' and rank = 1
    group by document_id
),

issuers as (
    select l.document_id, list(distinct l.code order by l.code) as codes
    from effective_label l left join lead_issuer using (document_id)
    where l.field = 'department' and (
        l.rank = 1
        or (
            l.basis in ('published', 'rule') and l.score >= 0.9
            and lead_issuer.basis is distinct from 'librarian'
        )
    )
    group by l.document_id
),

final as (
    select document_id, topics.codes as topic_codes, issuers.codes as issuer_codes
    from topics full join issuers using (document_id)
)

select * from final;
