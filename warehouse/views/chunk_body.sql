-- Which masking each selected body needs: that of its facts, or of what was found in a text nobody classified.
create or replace temp table chunk_body as
with personal as (
    select
        document_id,
        string_agg(paragraph || ':' || start_at || ':' || end_at, ',' order by paragraph, start_at, end_at) as spans
    from fact semi join selected using (document_id)
    where kind like 'personal:%'
    group by document_id
),

states as (
    select
        selected.document_id,
        selected.reading_id,
        reading.content_hash,
        case
            when selected.facts_fit then personal.spans
            else concat_ws('|', personal.spans, nullif(sought.places, ''))
        end as spans,
        case
            when selected.facts_fit and personal.spans is null then 'plain'
            when selected.facts_fit then 'exact'
            when personal.spans is not null or sought.places <> '' then 'searched'
            else 'plain'
        end as state
    from selected
    join reading on reading.reading_id = selected.reading_id
    left join personal_text
        on not selected.facts_fit and personal_text.part = 'reading' and personal_text.owner = selected.reading_id
    left join personal_read sought on sought.text_hash = personal_text.text_hash
    left join personal on personal.document_id = selected.document_id
),

final as (
    select
        document_id,
        reading_id,
        state,
        md5(content_hash || '|' || case state when 'plain' then '' else state || coalesce(spans, '') end) as mask_hash
    from states
)

select * from final;
