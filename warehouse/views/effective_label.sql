-- Labels as published: a librarian's first, then in the order of the classifier; each class once.
create or replace temp table effective_label as
with copies as (
    select
        label.*,
        row_number() over (
            partition by label.document_id, label.field, label.scheme, label.code
            order by label.basis = 'librarian' desc, label.rank
        ) as copy
    from label
    semi join selected on selected.document_id = label.document_id
),

final as (
    select
        document_id,
        field,
        row_number() over (
            partition by document_id, field order by basis = 'librarian' desc, rank, score desc, scheme, code
        )::integer as rank,
        scheme,
        code,
        name,
        score,
        basis,
        evidence,
        classifier_id
    from copies
    where copy = 1
)

select * from final;
