-- The texts whose personal data publication looks for itself: bodies nobody classified, versions, attached files.
create or replace temp table personal_text as
with readings as (
    select reading_id from selected where not facts_fit
    union
    select change.from_reading from version_change change semi join selected using (document_id)
    union
    select change.to_reading from version_change change semi join selected using (document_id)
),

texts as (
    select
        'reading' as part,
        reading.reading_id as owner,
        '' as url,
        reading.title,
        reading.unit,
        reading.language,
        reading_text.text
    from readings
    join reading on reading.reading_id = readings.reading_id
    join reading_text on reading_text.reading_id = readings.reading_id

    union all

    select
        'attachment',
        attachment.document_id,
        attachment.url,
        concat_ws(' ', selected.title, attachment.name),
        reading.unit,
        reading.language,
        attachment.text
    from attachment
    join selected on selected.document_id = attachment.document_id
    join reading on reading.reading_id = selected.reading_id
    where attachment.text is not null
),

final as (
    select
        part,
        owner,
        url,
        title,
        unit,
        language,
        md5(concat_ws(chr(31), title, unit, language, text)) as text_hash
    from texts
)

select * from final
