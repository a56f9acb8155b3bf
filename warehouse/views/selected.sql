-- The documents of `chunk` that are to be published, with the values that corrections put over their reading.
create or replace temp table selected as
with corrected as (
    select
        document_id,
        max(value) filter (where field = 'title') as title,
        max(value) filter (where field = 'issuer') as issuer,
        max(value) filter (where field = 'doc_number') as doc_number,
        max(value) filter (where field = 'doc_type') as doc_type,
        max(value) filter (where field = 'published') as published,
        max(value) filter (where field = 'written') as written
    from correction
    group by document_id
),

-- A number nobody classified yet, or that a librarian wrote, taken apart in the plain way.
numbered as (
    select
        document.document_id,
        coalesce(corrected.doc_number, reading.doc_number) as printed,
        corrected.doc_number is null and classified.number_normal is not null as is_classified,
        regexp_extract(
            translate(regexp_replace(printed, '\s', '', 'g'), '[(（【［]]）)】］', '〔〔〔〔〔〕〕〕〕〕'),
            '^(.+?)〔(\d{4})〕第?0*(\d{1,5})号$',
            ['organ', 'year', 'serial']
        ) as parts
    from document
    semi join chunk on chunk.document_id = document.document_id
    join reading on reading.reading_id = document.reading_id
    left join corrected on corrected.document_id = document.document_id
    left join classified on classified.document_id = document.document_id
),

final as (
    select
        document.*,
        coalesce(corrected.title, reading.title) as title,
        coalesce(corrected.issuer, reading.issuer) as issuer,
        numbered.printed as doc_number,
        case
            when numbered.is_classified then classified.number_normal
            when numbered.parts.organ <> ''
                then numbered.parts.organ || '〔' || numbered.parts.year || '〕' || numbered.parts.serial || '号'
        end as number_normal,
        case
            when numbered.is_classified then classified.number_organ
            else nullif(numbered.parts.organ, '')
        end as number_organ,
        case
            when numbered.is_classified then classified.number_year
            else try_cast(numbered.parts.year as integer)
        end as number_year,
        case
            when numbered.is_classified then classified.number_serial
            else try_cast(numbered.parts.serial as integer)
        end as number_serial,
        coalesce(try_cast(corrected.published as date), reading.published) as published,
        coalesce(try_cast(corrected.written as date), reading.written) as written,
        coalesce(corrected.doc_type, classified.doc_type, reading.doc_type) as doc_type,
        coalesce(classified.reading_id = document.reading_id, false) as facts_fit,
        -- rows of one document lie together in every table, in this order, so that a look at few reads little
        (
            (select coalesce(max(document_no), 0) from pub.document)
            + row_number() over (order by document.first_seen_at, document.document_id)
        )::integer as document_no
    from document
    semi join chunk on chunk.document_id = document.document_id
    join publishing on true
    left join reading on reading.reading_id = document.reading_id
    left join corrected on corrected.document_id = document.document_id
    left join classified on classified.document_id = document.document_id
    left join numbered on numbered.document_id = document.document_id
    where publishing.replayed or document.origin <> 'replayed'
)

select * from final;
