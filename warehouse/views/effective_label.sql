-- Labels as published: a librarian's first, then in the order of the classifier; each class once. Given are the
-- lead, what a site prints and what a rule or model answers. A librarian's word takes the lead's place: beside it
-- stand only the further classes that the site prints. Classes that are hardly likely are left out.
create or replace temp table effective_label as
with copies as (
    select
        label.*,
        row_number() over (
            partition by label.document_id, label.field, label.scheme, label.code
            order by label.basis = 'librarian' desc, label.rank
        ) as copy,
        bool_or(label.basis = 'librarian') over (
            partition by label.document_id, label.field, label.scheme
        ) as settled
    from label
    semi join selected on selected.document_id = label.document_id
),

ranked as (
    select
        * rename (rank as printed),
        row_number() over (
            partition by document_id, field order by basis = 'librarian' desc, rank, score desc, scheme, code
        )::integer as place
    from copies
    where copy = 1
),

final as (
    select
        document_id,
        field,
        place as rank,
        scheme,
        code,
        name,
        score,
        basis,
        evidence,
        classifier_id,
        case
            when place = 1 or basis = 'librarian' then true
            when settled then field = 'topic' and basis = 'published' and printed > 1
            when field = 'department' then basis in ('published', 'rule') and score >= 0.9
            -- labels stored before answers were told from candidates
            else coalesce(given, basis = 'published' or score >= 0.15)
        end as given
    from ranked
)

select * from final
where given or field = 'department' or score >= 0.05;  -- a class less likely is no candidate for review either
