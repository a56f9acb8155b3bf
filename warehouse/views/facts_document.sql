-- One row a document: who, what, when, where its body lies. Validity and reprints are filled in afterwards.
insert into fresh.document by name
with stated as (
    select
        document_id,
        min(try_cast(value as date)) filter (where kind = 'effective') as effective
    from fact semi join selected using (document_id)
    where kind = 'effective'
    group by document_id
),

topic as (
    select
        best.document_id,
        best.code,
        best.name,
        best.basis,
        best.score,
        coalesce(top.code, own.code, split_part(best.code, '-', 1)) as first_code,
        coalesce(top.name_zh, own.name_zh, split_part(best.name, '\', 1)) as first_name
    from effective_label best
    left join topic_class own on own.scheme = best.scheme and own.code = best.code
    left join topic_class top on top.scheme = own.scheme and top.code = own.parent
    where best.field = 'topic' and best.rank = 1
),

final as (
    select
        selected.document_id,
        selected.document_no,
        selected.source_id,
        selected.url,
        selected.title,
        selected.doc_number,
        selected.number_normal,
        selected.number_organ,
        selected.number_year,
        selected.number_serial,
        reading.index_number,
        selected.issuer,
        selected.published,
        selected.written,
        coalesce(reading.effective, case when selected.facts_fit then stated.effective end) as effective,
        selected.doc_type,
        reading.unit,
        reading.language,
        coalesce(body.jurisdiction, source.jurisdiction, reading.jurisdiction) as jurisdiction,
        coalesce(body.region, source.region) as region,
        coalesce(body.level, source.level) as level,
        selected.status,
        'unknown' as validity,
        selected.origin,
        selected.first_seen_at,
        selected.last_seen_at,
        selected.changed_at,
        selected.version_no,
        selected.reading_id,
        reading.capture_id,
        reading.path,
        reading.quality,
        reading.method,
        reading.places,
        try_cast(split_part(reading.extractor_version, '+', 2) as bigint) as text_correction,
        department.code as department_code,
        coalesce(body.name_zh, department.name) as department_name,
        department.basis as department_basis,
        department.score as department_score,
        topic.code as topic_code,
        topic.name as topic_path,
        topic.basis as topic_basis,
        topic.score as topic_score,
        topic.first_code as topic1_code,
        topic.first_name as topic1_name,
        coalesce(codes.topic_codes, []) as topic_codes,
        coalesce(codes.issuer_codes, []) as issuer_codes,
        place.excerpt,
        place.characters,
        place.paragraphs,
        place.segment,
        place.start_at,
        place.length,
        coalesce(source.sample, publishing.sample) as sample
    from selected
    join publishing on true
    left join reading on reading.reading_id = selected.reading_id
    left join chunk_body on chunk_body.document_id = selected.document_id
    left join body_place place
        on place.reading_id = chunk_body.reading_id and place.mask_hash = chunk_body.mask_hash
    left join source on source.source_id = selected.source_id
    left join effective_label department
        on department.document_id = selected.document_id
        and department.field = 'department'
        and department.rank = 1
    left join body on body.code = department.code
    left join topic on topic.document_id = selected.document_id
    left join document_codes codes on codes.document_id = selected.document_id
    left join stated on stated.document_id = selected.document_id
    order by selected.document_no
)

select * from final;
