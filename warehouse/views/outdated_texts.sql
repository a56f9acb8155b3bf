-- Captures whose stored text does not hold the correction (`wanted_text`) that the desk keeps for their bytes.
with handed_in as (
    select
        reading.capture_id,
        capture.sha256,
        try_cast(split_part(reading.extractor_version, '+', 2) as bigint) as held
    from document
    join reading on reading.reading_id = document.reading_id
    join capture on capture.capture_id = reading.capture_id
    where capture.kind = 'handed-in' and reading.path like 'file:%'
),

attached as (
    select attachment.capture_id, capture.sha256, attachment.text_correction as held
    from attachment
    join capture on capture.capture_id = attachment.capture_id
    anti join handed_in on handed_in.capture_id = attachment.capture_id
),

final as (
    select distinct stored.capture_id
    from (select * from handed_in union all select * from attached) stored
    left join wanted_text on wanted_text.sha256 = stored.sha256
    where stored.held is distinct from wanted_text.correction_id
    order by stored.capture_id
)

select * from final
