-- What search and themes know of each document of `looked_part`, with a hash that changes when any of it does.
with attached as (
    select
        document_id,
        md5(string_agg(url || chr(31) || coalesce(text, ''), chr(30) order by url)) as hash,
        list(name order by url) filter (where name is not null) as names
    from pub.attachment semi join looked_part using (document_id)
    group by document_id
),

-- Who issued it: as in queries/issuers.py.
issuing as (
    select
        l.document_id,
        list(distinct l.code order by l.code) filter (where l.rank > 1) as joint_codes,
        list(coalesce(b.name_zh, l.name) order by l.rank) as names
    from pub.label l
    join looked_part on looked_part.document_id = l.document_id
    join pub.document d on d.document_id = l.document_id
    left join body b on b.code = l.code
    where l.field = 'department'
        and (
            l.rank = 1
            or (l.basis in ('published', 'rule') and l.score >= 0.9 and d.department_basis is distinct from 'librarian')
        )
    group by l.document_id
),

class as (
    select
        given.document_id,
        list(given.code order by given.rank) as codes,
        list(given.name order by given.rank) as names,
        list_sort(list_distinct(list(given.first_code))) as first_codes
    from (
        select
            l.document_id,
            l.rank,
            l.code,
            l.name,
            coalesce(c.parent, c.code, split_part(l.code, '-', 1)) as first_code
        from pub.label l
        join looked_part on looked_part.document_id = l.document_id
        left join topic_class c on c.scheme = l.scheme and c.code = l.code
        where l.field = 'topic' and l.given
    ) given
    group by given.document_id
),

-- Coarse steps, so that one more citation seldom changes anything.
cited as (
    select
        c.target_document_id as document_id,
        case
            when count(distinct c.document_id) >= 100 then 5
            when count(distinct c.document_id) >= 30 then 4
            when count(distinct c.document_id) >= 10 then 3
            when count(distinct c.document_id) >= 3 then 2
            else 1
        end as step
    from pub.citation c
    join looked_part on looked_part.document_id = c.target_document_id
    where c.document_id <> c.target_document_id
    group by c.target_document_id
),

known as (
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
        coalesce(issuing.joint_codes, []) as other_departments,
        coalesce(class.codes, []) as topic_codes,
        coalesce(class.first_codes, []) as topic1_codes,
        attached.document_id is not null as has_attachment,
        coalesce(attached.names, []) as attachment_names,
        d.in_force_from,
        case
            when d.in_force_until is null and d.validity in ('in-force', 'amended') then date '9999-12-31'
            else d.in_force_until
        end as in_force_until,
        d.duplicate_group,
        d.reprint_of is not null as is_reprint,
        coalesce(source.department_code = d.department_code, false) as is_own,
        coalesce(cited.step, 0) as cited,
        d.url,
        d.status,
        coalesce(issuing.names, []) as departments,
        d.topic_path as topic,
        coalesce(class.names, []) as topics,
        d.segment,
        d.start_at,
        d.length,
        d.document_no
    from pub.document d
    join looked_part on looked_part.document_id = d.document_id
    left join source on source.source_id = d.source_id
    left join attached on attached.document_id = d.document_id
    left join issuing on issuing.document_id = d.document_id
    left join class on class.document_id = d.document_id
    left join cited on cited.document_id = d.document_id
),

final as (
    select
        known.*,
        md5(concat_ws(chr(31), body_key.reading_id, body_key.mask_hash, attached.hash, values_shown.said)) as index_hash
    from known
    join body_key on body_key.document_id = known.document_id
    left join attached on attached.document_id = known.document_id
    join (
        select document_id, to_json(shown)::varchar as said
        from (select * exclude (segment, start_at, length, document_no) from known) shown
    ) values_shown on values_shown.document_id = known.document_id
)

select * from final order by document_no
