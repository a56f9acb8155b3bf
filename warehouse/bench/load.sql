-- Made documents into the tables that extraction and classification would have filled; they are all new there.
insert into capture by name
select
    capture_id, source_id, run_id, url, url as final_url, make_timestamptz(seen) as fetched_at, 200 as status, media_type, sha256,
    size as length, warc_file, warc_offset, 4096 as warc_length, 'fetched' as kind, role
from made_capture;

insert into document by name
select
    document_id, source_id, site_id, url, 'active' as status, 'fetched' as origin, make_timestamptz(seen) as first_seen_at,
    make_timestamptz(seen) as last_seen_at, make_timestamptz(seen) as changed_at, 1 as version_no, reading_id
from made;

insert into document_alias by name
select document_id as alias, document_id from made
union all
select alias, document_id from made;

insert into version by name
select
    document_id, 1 as version_no, content_hash, extractor_version, capture_id, make_timestamptz(seen) as observed_at
from made;

insert into reading by name
select
    reading_id, document_id, 1 as version_no, capture_id, extractor_version, 'made' as path, title, doc_number, issuer,
    [issuer] as departments, [topic] as topics, topic_scheme, published::date as published, doc_type, 'XS' as jurisdiction, language,
    'document' as unit, origins::json as origins, content_hash, text_hash, title_key, '' as method
from made;

insert into reading_text by name select reading_id, text from made;

insert into event by name
select event_id, document_id, 'new' as kind, 1 as version_no, make_timestamptz(seen) as "at", run_id from made;

insert into attachment by name
select document_id, url, name, capture_id, 'text' as status, 'application/msword' as media_type, 1 as pages, text
from made_attachment;

insert into classified by name
select
    made.document_id, made.reading_id, (select min(classifier_id) from made_label) as classifier_id,
    coalesce(md5(file.url || chr(31) || file.text), '') as attachment_hash, made.doc_number as number_normal,
    made.number_organ, made.number_year::integer as number_year, made.number_serial::integer as number_serial, made.doc_type, []::varchar[] as reasons
from made
left join made_attachment file on file.document_id = made.document_id;

insert into label by name select * replace (evidence::json as evidence) from made_label;
insert into citation by name
select * from made_citation
qualify row_number() over (partition by document_id, fact_id, start_at) = 1;
insert into duty by name
select * replace (coalesce(string_split(who, '、'), []) as who, due::date as due)
from made_duty
qualify row_number() over (partition by document_id, fact_id, start_at) = 1;
insert into fact by name
select * from made_fact
qualify row_number() over (partition by document_id, fact_id, kind, start_at) = 1;

insert into routing by name
select * from made_route
qualify row_number() over (partition by document_id, fact_id) = 1;
