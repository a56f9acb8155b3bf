-- What librarians corrected besides department and topic (those become labels); applied when publishing.
create table correction (
    document_id varchar not null,
    field varchar not null,         -- title | issuer | doc_number | doc_type | published | written
    value varchar not null,         -- dates as YYYY-MM-DD
    correction_id bigint not null,  -- the desk's number of it
    account varchar not null,
    created_at timestamptz not null,
    primary key (document_id, field)
);
