-- What the index of past versions knows of those in `past_asked`, with a hash that changes when any of it does:
-- text, title and number of that version; organ, class and the rest as the document has them now.
create or replace temp table past_row as
with classes as (
    select
        label.document_id,
        list(distinct label.code order by label.code) as codes,
        list(distinct coalesce(class.parent, class.code, split_part(label.code, '-', 1))) as first_codes
    from pub.label label
    semi join past_asked using (document_id)
    left join topic_class class on class.scheme = label.scheme and class.code = label.code
    where label.field = 'topic' and label.given
    group by label.document_id
),

final as (
    select
        past.document_id,
        past.version_no,
        past.title,
        reading.doc_number,
        document.department_code,
        document.department_name,
        document.level,
        document.region,
        document.jurisdiction,
        document.doc_type,
        document.language,
        document.source_id,
        document.published,
        document.validity,
        document.sample,
        coalesce(classes.codes, []) as topic_codes,
        list_sort(coalesce(classes.first_codes, [])) as topic1_codes,
        past.segment,
        past.start_at,
        past.length,
        md5(
            concat_ws(
                chr(31), stored.made_from, past.title, coalesce(reading.doc_number, '-'),
                coalesce(document.department_code, '-'), coalesce(document.department_name, '-'),
                coalesce(document.level, '-'), coalesce(document.region, '-'),
                coalesce(document.jurisdiction, '-'), coalesce(document.doc_type, '-'), document.language,
                document.source_id, coalesce(document.published::varchar, '-'), document.validity,
                document.sample::varchar, array_to_string(coalesce(classes.codes, []), ' ')
            )
        ) as index_hash
    from pub.past_body past
    semi join past_asked using (document_id)
    join past_body stored on stored.document_id = past.document_id and stored.version_no = past.version_no
    join pub.document document on document.document_id = past.document_id
    left join reading on reading.reading_id = past.reading_id
    left join classes on classes.document_id = past.document_id
)

select * from final;
