-- Views for whoever opens warehouse.duckdb by hand: stg_ views join and rename, mart_ views answer one question each.

-- Every document with the reading that is shown of it.
create view stg_document as
select
    document.document_id,
    document.source_id,
    document.site_id,
    document.url,
    document.status,
    document.origin,
    document.version_no,
    document.first_seen_at,
    document.last_seen_at,
    document.changed_at,
    reading.reading_id,
    reading.capture_id,
    reading.extractor_version,
    reading.path,
    reading.title,
    reading.doc_number,
    reading.index_number,
    reading.issuer,
    reading.departments,
    reading.topics,
    reading.published,
    reading.written,
    reading.effective,
    reading.doc_type,
    reading.validity,
    reading.language,
    reading.unit
from document
left join reading on reading.reading_id = document.reading_id;

-- Every label with the classifier that gave it; a librarian's stands beside the others and outranks them.
create view stg_label as
select
    label.document_id,
    label.field,
    label."rank",
    label.scheme,
    label.code,
    label.name,
    label.score,
    label.basis,
    label.given,
    label.classifier_id,
    classifier.model,
    classifier.taxonomy,
    classifier.authority,
    classifier.code_version
from label
left join classifier on classifier.classifier_id = label.classifier_id;

-- Which documents wait for classification, and why. Attached files read since are not looked at here.
create view mart_pending as
with newest as (
    select arg_max(classifier_id, created_at) as classifier_id
    from classifier
),

final as (
    select
        stg_document.document_id,
        stg_document.source_id,
        stg_document.title,
        stg_document.changed_at,
        case
            when classified.document_id is null then 'never classified'
            when classified.reading_id <> stg_document.reading_id then 'read anew since'
            else 'classified by an older classifier'
        end as why
    from stg_document
    cross join newest
    left join classified on classified.document_id = stg_document.document_id
    where classified.document_id is null
        or classified.reading_id <> stg_document.reading_id
        or classified.classifier_id <> newest.classifier_id
)

select * from final;

-- What went wrong while reading, by source and kind of problem, with the latest case.
create view mart_problems as
select
    source_id,
    code,
    count(*) as problems,
    max("at") as last_at,
    arg_max(url, "at") as last_url,
    arg_max(detail, "at") as last_detail
from problem
group by source_id, code;

-- What is held of each source, and what of it waits or went wrong.
create view mart_sources as
with held as (
    select
        source_id,
        count(*) as documents,
        count(*) filter (where status = 'withdrawn') as withdrawn,
        sum(version_no) as versions,
        max(last_seen_at) as last_seen_at
    from document
    group by source_id
),

attached as (
    select
        document.source_id,
        count(*) as attachments,
        count(attachment.text) as attachments_with_text
    from attachment
    join document on document.document_id = attachment.document_id
    group by document.source_id
),

waiting as (
    select source_id, count(*) as pending
    from mart_pending
    group by source_id
),

troubled as (
    select source_id, sum(problems) as problems
    from mart_problems
    group by source_id
),

final as (
    select
        source.source_id,
        source.name_zh,
        source.enabled,
        coalesce(held.documents, 0) as documents,
        coalesce(held.withdrawn, 0) as withdrawn,
        coalesce(held.versions, 0)::bigint as versions,
        coalesce(attached.attachments, 0) as attachments,
        coalesce(attached.attachments_with_text, 0) as attachments_with_text,
        coalesce(waiting.pending, 0) as pending,
        coalesce(troubled.problems, 0)::bigint as problems,
        held.last_seen_at
    from source
    left join held on held.source_id = source.source_id
    left join attached on attached.source_id = source.source_id
    left join waiting on waiting.source_id = source.source_id
    left join troubled on troubled.source_id = source.source_id
)

select * from final;
