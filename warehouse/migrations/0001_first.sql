-- The warehouse as one process writes it. Identity first: document, version (the site changed it),
-- reading (our extraction changed), capture (one observation), classifier (who labelled).

create table source (
    source_id varchar primary key,
    name_zh varchar not null,
    name_en varchar not null,
    jurisdiction varchar not null,
    region varchar not null,
    level varchar not null,
    language varchar not null,
    platform varchar not null,
    home_url varchar not null,
    department_code varchar,
    timezone varchar not null,
    reuse varchar not null,
    sample boolean not null,
    enabled boolean not null,
    disabled_reason varchar
);

-- Captures that a document, attachment or version rests on; the full list is in the crawl state.
create table capture (
    capture_id varchar primary key,
    source_id varchar not null,
    run_id varchar not null,
    url varchar not null,
    final_url varchar not null,
    fetched_at timestamptz not null,
    status integer not null,
    media_type varchar not null,
    sha256 varchar not null,
    length bigint not null,
    warc_file varchar not null,
    warc_offset bigint not null,
    warc_length bigint not null,
    kind varchar not null,          -- fetched | imported | replayed | handed-in
    role varchar not null
);

create table document (
    document_id varchar primary key,
    source_id varchar not null,
    site_id varchar,
    url varchar,
    status varchar not null,        -- active | withdrawn
    origin varchar not null,        -- capture kind of the first capture
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    changed_at timestamptz not null, -- when the current version was first observed
    version_no integer not null,    -- current version
    reading_id varchar not null     -- current reading
);

create table document_alias (
    alias varchar primary key,      -- an address or site id the document was also known by
    document_id varchar not null
);

create table version (
    document_id varchar not null,
    version_no integer not null,
    content_hash varchar not null,  -- of normalised text and published fields, by extractor_version
    extractor_version varchar not null,
    capture_id varchar not null,    -- the first capture that showed it
    observed_at timestamptz not null,
    primary key (document_id, version_no)
);

create table reading (
    reading_id varchar primary key,
    document_id varchar not null,
    version_no integer not null,
    capture_id varchar not null,
    extractor_version varchar not null,
    path varchar not null,
    title varchar not null,
    doc_number varchar,
    index_number varchar,
    issuer varchar,
    departments varchar[] not null,
    topics varchar[] not null,
    topic_scheme varchar,
    published date,
    written date,
    effective date,
    doc_type varchar,
    validity varchar,
    jurisdiction varchar,
    language varchar not null,
    unit varchar not null,
    origins json not null,          -- list of {field, value, origin, chosen}
    content_hash varchar not null,
    text_hash varchar not null,     -- of the normalised text alone; copies share it
    title_key varchar not null      -- title without punctuation, spaces, width: what citations are matched on
);

create table reading_text (
    reading_id varchar primary key,
    text varchar not null           -- paragraphs separated by newlines
);

create table attachment (
    document_id varchar not null,
    url varchar not null,
    name varchar not null,
    capture_id varchar,
    status varchar not null,        -- linked (not fetched yet) | text | no_text_layer | encrypted | damaged | ...
    media_type varchar,
    pages integer,
    text varchar,
    primary key (document_id, url)
);

-- What happened to documents, in the order it was observed; a new reading never makes an event.
create table event (
    event_id varchar primary key,   -- hash of document, kind, version
    document_id varchar not null,
    kind varchar not null,          -- new | changed | withdrawn | restored
    version_no integer not null,
    "at" timestamptz not null,
    run_id varchar not null
);

create table problem (
    capture_id varchar not null,
    source_id varchar not null,
    url varchar not null,
    code varchar not null,
    detail varchar not null,
    "at" timestamptz not null,
    primary key (capture_id, code)
);

create table classifier (
    classifier_id varchar primary key,
    model varchar not null,
    taxonomy varchar not null,
    authority varchar not null,
    code_version varchar not null,
    created_at timestamptz not null
);

-- One row a classified reading, so that unlabelled is told from not yet classified.
create table classified (
    document_id varchar primary key,
    reading_id varchar not null,
    classifier_id varchar not null,
    attachment_hash varchar not null,
    number_normal varchar,
    number_organ varchar,
    number_year integer,
    number_serial integer,
    doc_type varchar,
    reasons varchar[] not null
);

create table label (
    document_id varchar not null,
    field varchar not null,         -- department | topic
    rank integer not null,          -- 1 = best
    scheme varchar not null,
    code varchar not null,
    name varchar not null,
    score double not null,
    basis varchar not null,         -- published | rule | model | librarian
    evidence json not null,         -- list of {where, text, paragraph, start, end}
    classifier_id varchar not null,
    primary key (document_id, field, scheme, code, basis)
);

create table citation (
    fact_id varchar not null,
    document_id varchar not null,
    kind varchar not null,
    sentence varchar not null,
    paragraph integer not null,
    start_at integer not null,
    end_at integer not null,
    target_title varchar,
    target_number varchar,
    target_key varchar,             -- target_title as reading.title_key writes titles
    primary key (document_id, fact_id, start_at)
);

create table duty (
    fact_id varchar not null,
    document_id varchar not null,
    sentence varchar not null,
    paragraph integer not null,
    start_at integer not null,
    end_at integer not null,
    who varchar[] not null,
    what varchar not null,
    due date,
    due_printed varchar,
    value varchar,
    primary key (document_id, fact_id, start_at)
);

create table fact (
    fact_id varchar not null,
    document_id varchar not null,
    kind varchar not null,          -- effective | expiry | personal:mobile | ...
    value varchar not null,
    sentence varchar not null,
    paragraph integer not null,
    start_at integer not null,
    end_at integer not null,
    rule varchar not null,
    primary key (document_id, fact_id, kind, start_at)
);

create table topic_class (
    scheme varchar not null,
    code varchar not null,
    parent varchar,
    level integer not null,
    name_zh varchar not null,
    name_en varchar not null,
    path varchar not null,
    primary key (scheme, code)
);

create table body (
    code varchar primary key,
    name_zh varchar not null,
    name_en varchar not null,
    short varchar not null,
    jurisdiction varchar not null,
    region varchar not null,
    level varchar not null,
    parent varchar,
    valid_from date,
    valid_to date,
    successors varchar[] not null
);

create table crawl_run (
    run_id varchar primary key,
    kind varchar not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome varchar not null,
    sources varchar[] not null
);

create table source_health (
    run_id varchar not null,
    source_id varchar not null,
    verdict varchar not null,
    detail varchar not null,
    requests integer not null,
    fetched integer not null,
    not_modified integer not null,
    new_documents integer not null,
    changed integer not null,
    withdrawn integer not null,
    failures integer not null,
    bytes bigint not null,
    "at" timestamptz not null,
    primary key (run_id, source_id)
);

create table quality (
    name varchar primary key,
    value double not null,
    sample integer not null,
    data varchar not null,
    measured_on varchar not null,
    note varchar not null
);

-- Batches that were acknowledged, so that a repeated batch is a no-op.
create table ingested_batch (
    batch_id varchar primary key,
    "at" timestamptz not null
);

-- Where the (masked) body of a reading lies in the immutable segments, and what the index last held.
create table body_place (
    reading_id varchar not null,
    mask_hash varchar not null,     -- hash of content and masked spans: another masking is another body
    segment varchar not null,
    start_at bigint not null,
    length bigint not null,
    excerpt varchar not null,       -- first 200 characters, masked
    characters integer not null,
    paragraphs integer not null,
    literals varchar[] not null,    -- the words that were masked, to be masked wherever else they stand
    primary key (reading_id, mask_hash)
);

create table indexed (
    document_id varchar primary key,
    index_hash varchar not null     -- hash of all that the index holds of the document
);

-- Which documents were looked at for which themes, and what was found, so that only changed ones are looked at again.
create table theme_scan (
    document_id varchar primary key,
    scan_hash varchar not null      -- hash of the themes and of all that membership looks at
);

create table theme_found (
    theme_id varchar not null,
    document_id varchar not null,
    reason varchar not null,
    primary key (theme_id, document_id)
);

create table publication (
    publication_id varchar primary key,
    created_at timestamptz not null,
    documents bigint not null,
    outcome varchar not null        -- published | refused
);
