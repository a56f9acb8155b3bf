-- Documents whose current reading and attachments the classifier ($1) has not seen; $2: all documents.
with attached as (
    select
        document_id,
        md5(string_agg(url || chr(31) || text, chr(30) order by url)) as attachment_hash
    from attachment
    where text is not null
    group by document_id
),

final as (
    select document.document_id
    from document
    left join attached on attached.document_id = document.document_id
    left join classified on classified.document_id = document.document_id
    where $2
        or classified.document_id is null
        or classified.reading_id <> document.reading_id
        or classified.classifier_id <> $1
        or classified.attachment_hash <> coalesce(attached.attachment_hash, '')
    order by document.first_seen_at, document.document_id
)

select * from final
