-- The current readings of the documents in `asked`, in its order.
with final as (
    select
        document.document_id,
        document.source_id,
        document.url,
        document.site_id,
        reading.title,
        reading.doc_number,
        reading.index_number,
        reading.issuer,
        reading.departments,
        reading.topics,
        reading.topic_scheme,
        reading.published,
        reading.written,
        reading.effective,
        reading.doc_type,
        reading.validity,
        reading.jurisdiction,
        reading.language,
        reading.unit,
        reading.path,
        reading.reading_id,
        reading.origins,
        reading_text.text
    from asked
    join document on document.document_id = asked.document_id
    join reading on reading.reading_id = document.reading_id
    join reading_text on reading_text.reading_id = document.reading_id
    order by asked.place
)

select * from final
