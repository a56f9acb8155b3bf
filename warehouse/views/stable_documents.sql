-- One row a document: what it is, what it is about, where it stands. Reprints are inside; reprint_of tells them.
create or replace view stable.documents as
with given as (
    select document_id, list(code order by rank) as topic_codes, list(name order by rank) as topic_names
    from main.label
    where field = 'topic' and given
    group by document_id
),

issuer as (
    select l.document_id, coalesce(b.name_zh, l.name) as name, min(l.rank) as place
    from main.label l
    join main.document d on d.document_id = l.document_id
    left join main.body b on b.code = l.code
    where l.field = 'department'
        and (
            l.rank = 1
            or (l.basis in ('published', 'rule') and l.score >= 0.9 and d.department_basis is distinct from 'librarian')
        )
    group by all
),

issued as (
    select document_id, list(name order by place) as department_names
    from issuer
    group by document_id
),

cited as (
    select target_document_id as document_id, count(distinct document_id) as cited_by
    from main.citation
    where target_document_id is not null
    group by target_document_id
),

attached as (
    select document_id, count(*) as attachments
    from main.attachment
    group by document_id
),

final as (
    select
        d.document_id,
        d.title,
        d.doc_number,
        d.number_normal,
        d.index_number,
        d.issuer,
        d.department_code,
        d.department_name,
        d.department_basis,
        d.department_score,
        coalesce(issued.department_names, []) as department_names,
        d.topic_code,
        d.topic_path,
        d.topic_basis,
        d.topic_score,
        d.topic1_code,
        d.topic1_name,
        coalesce(given.topic_codes, []) as topic_codes,
        coalesce(given.topic_names, []) as topic_names,
        d.published,
        d.written,
        d.effective,
        d.doc_type,
        d.unit,
        d.language,
        d.jurisdiction,
        d.region,
        d.level,
        d.status,
        d.validity,
        d.validity_basis,
        d.validity_by,
        d.url,
        d.source_id,
        s.name_zh as source_name_zh,
        s.name_en as source_name_en,
        s.reuse,
        case when s.reuse is distinct from 'link' then d.excerpt end as excerpt,
        d.characters,
        d.version_no,
        d.first_seen_at,
        d.last_seen_at,
        d.changed_at,
        d.reprint_of,
        coalesce(cited.cited_by, 0) as cited_by,
        coalesce(attached.attachments, 0) as attachments,
        d.sample,
        d.in_force_from,
        d.in_force_until
    from main.document d
    left join main.source s on s.source_id = d.source_id
    left join given on given.document_id = d.document_id
    left join issued on issued.document_id = d.document_id
    left join cited on cited.document_id = d.document_id
    left join attached on attached.document_id = d.document_id
)

select * from final;
