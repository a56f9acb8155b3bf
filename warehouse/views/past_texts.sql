-- All versions of the documents in `past_part`, the present one too, each with the personal places that are known
-- of its text ($1: version of the rules; null: not looked for yet).
with readings as (
    select document_id, version_no - 1 as version_no, from_reading as reading_id
    from version_change semi join past_part using (document_id)
    union
    select document_id, version_no, to_reading from version_change semi join past_part using (document_id)
),

final as (
    select
        readings.document_id,
        readings.version_no,
        reading.title,
        reading.unit,
        reading.language,
        coalesce(reading_text.text, '') as text,
        sought.places
    from readings
    join reading on reading.reading_id = readings.reading_id
    left join reading_text on reading_text.reading_id = readings.reading_id
    left join personal_read sought
        on sought.rule = $1
        and sought.text_hash = md5(
            concat_ws(chr(31), reading.title, reading.unit, reading.language, coalesce(reading_text.text, ''))
        )
    qualify row_number() over (
        partition by readings.document_id, readings.version_no order by readings.reading_id
    ) = 1
)

select * from final order by document_id, version_no
