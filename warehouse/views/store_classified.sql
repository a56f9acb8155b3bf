-- One row a classified document, with the state of its attachments at this moment.
insert or replace into classified
with attached as (
    select
        document_id,
        md5(string_agg(url || chr(31) || text, chr(30) order by url)) as attachment_hash
    from attachment
    semi join done using (document_id)
    where text is not null
    group by document_id
),

final as (
    select
        done.document_id,
        done.reading_id,
        done.classifier_id,
        coalesce(attached.attachment_hash, '') as attachment_hash,
        done.number_normal,
        done.number_organ,
        done.number_year,
        done.number_serial,
        done.doc_type,
        done.reasons
    from done
    left join attached on attached.document_id = done.document_id
)

select * from final
