-- Each version of a selected document beside the one before it, in their latest readings, where not compared yet.
with latest as (
    select
        reading.document_id,
        reading.version_no,
        arg_max(reading.reading_id, rank) as reading_id
    from (
        select
            reading.*,
            row_number() over (
                partition by reading.document_id, reading.version_no
                order by reading.reading_id = selected.reading_id, capture.fetched_at, reading.extractor_version
            ) as rank
        from reading
        join selected on selected.document_id = reading.document_id
        left join capture on capture.capture_id = reading.capture_id
        where selected.version_no > 1
    ) reading
    group by reading.document_id, reading.version_no
),

paired as (
    select
        later.document_id,
        later.version_no,
        earlier.reading_id as from_reading,
        later.reading_id as to_reading
    from latest later
    join latest earlier
        on earlier.document_id = later.document_id and earlier.version_no = later.version_no - 1
),

final as (
    select
        paired.document_id,
        paired.version_no,
        paired.from_reading,
        paired.to_reading,
        to_json(struct_pack(
            title := old.title, doc_number := old.doc_number, index_number := old.index_number,
            issuer := old.issuer, published := old.published, written := old.written,
            effective := old.effective, doc_type := old.doc_type, validity := old.validity
        ))::varchar as old,
        to_json(struct_pack(
            title := new.title, doc_number := new.doc_number, index_number := new.index_number,
            issuer := new.issuer, published := new.published, written := new.written,
            effective := new.effective, doc_type := new.doc_type, validity := new.validity
        ))::varchar as new,
        old_text.text as old_text,
        new_text.text as new_text
    from paired
    join reading old on old.reading_id = paired.from_reading
    join reading new on new.reading_id = paired.to_reading
    join reading_text old_text on old_text.reading_id = paired.from_reading
    join reading_text new_text on new_text.reading_id = paired.to_reading
    left join version_change made
        on made.document_id = paired.document_id
        and made.version_no = paired.version_no
        and made.from_reading = paired.from_reading
        and made.to_reading = paired.to_reading
    where made.document_id is null
)

select * from final order by document_id, version_no;
