-- The versions that are no longer shown of the published documents in `past_asked`, each in the reading that its
-- changes were told from, with a hash of all that decides how its text is masked ($1: version of the rules).
create or replace temp table past_version as
with readings as (
    select document_id, version_no - 1 as version_no, from_reading as reading_id
    from version_change semi join past_asked using (document_id)
    union
    select document_id, version_no, to_reading from version_change semi join past_asked using (document_id)
),

-- What is personal in the current text stays masked in every former one.
masked_words as (
    select document.document_id, array_to_string(place.literals, chr(31)) as words
    from pub.document document
    semi join past_asked using (document_id)
    join body_place place
        on place.segment = document.segment
        and place.start_at = document.start_at
        and place.reading_id = document.reading_id
    where len(place.literals) > 0
),

whole as (
    select document_id, string_agg(reading_id, ' ' order by version_no, reading_id) as readings
    from readings
    group by document_id
),

final as (
    select
        readings.document_id,
        readings.version_no,
        min(readings.reading_id) as reading_id,
        any_value(version.capture_id) as capture_id,
        any_value(version.observed_at) as observed_at,
        md5(concat_ws('|', any_value(whole.readings), any_value(masked_words.words), $1)) as made_from
    from readings
    join version on version.document_id = readings.document_id and version.version_no = readings.version_no
    join pub.document document
        on document.document_id = readings.document_id and document.version_no <> readings.version_no
    join whole on whole.document_id = readings.document_id
    left join masked_words on masked_words.document_id = readings.document_id
    group by readings.document_id, readings.version_no
)

select * from final;
