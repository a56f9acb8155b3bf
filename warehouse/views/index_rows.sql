-- What search and themes know of each published document, with a hash that changes when any of it does.
create or replace temp table index_row as
with attached as (
    select document_id, md5(string_agg(url || chr(31) || text, chr(30) order by url)) as hash
    from pub.attachment
    where text is not null
    group by document_id
),

-- Who issued it beside the lead: as in queries/issuers.py.
joint as (
    select l.document_id, list(distinct l.code order by l.code) as codes
    from pub.label l
    join pub.document d on d.document_id = l.document_id
    where l.field = 'department'
        and l.rank > 1
        and l.basis in ('published', 'rule')
        and l.score >= 0.9
        and d.department_basis is distinct from 'librarian'
    group by l.document_id
),

class as (
    select
        given.document_id,
        list(given.code order by given.rank) as codes,
        list_distinct(list(given.first_code order by given.rank)) as first_codes
    from (
        select l.document_id, l.rank, l.code, coalesce(c.parent, c.code, split_part(l.code, '-', 1)) as first_code
        from pub.label l
        left join topic_class c on c.scheme = l.scheme and c.code = l.code
        where l.field = 'topic' and l.given
    ) given
    group by given.document_id
),

final as (
    select
        d.document_id,
        d.title,
        d.doc_number,
        d.number_normal,
        d.department_code,
        d.department_name,
        d.level,
        d.region,
        d.jurisdiction,
        d.doc_type,
        d.language,
        d.source_id,
        d.published,
        d.validity,
        d.sample,
        d.segment,
        d.start_at,
        d.length,
        coalesce(joint.codes, []) as other_departments,
        coalesce(class.codes, []) as topic_codes,
        list_sort(coalesce(class.first_codes, [])) as topic1_codes,
        md5(
            concat_ws(
                chr(31), body_key.reading_id, body_key.mask_hash, attached.hash, d.title, coalesce(d.doc_number, '-'),
                coalesce(d.number_normal, '-'), coalesce(d.department_code, '-'), coalesce(d.department_name, '-'),
                array_to_string(coalesce(class.codes, []), ' '),
                array_to_string(list_sort(coalesce(class.first_codes, [])), ' '), coalesce(d.level, '-'),
                coalesce(d.region, '-'), coalesce(d.jurisdiction, '-'), coalesce(d.doc_type, '-'), d.language,
                d.source_id, coalesce(d.published::varchar, '-'), d.validity, d.sample::varchar,
                array_to_string(joint.codes, ' ')
            )
        ) as index_hash
    from pub.document d
    join body_key on body_key.document_id = d.document_id
    left join attached on attached.document_id = d.document_id
    left join joint on joint.document_id = d.document_id
    left join class on class.document_id = d.document_id
)

select * from final;
