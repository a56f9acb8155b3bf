-- Near-duplicates, series of document numbers and what is cited but not held: kept from one publishing to the next,
-- so that each works on what changed alone. The long tables carry no key: an index would cost more than it saves.

-- What telling copies apart looks at of each document that was compared, and the number its text goes by.
create table near_state (
    document_id varchar not null,
    text_no integer not null,
    title ubigint,                  -- hash of its title; null for one too short to say anything
    state varchar not null          -- hash of text, title, number, source and date
);
create table near_text (
    text_no integer not null,       -- a short name of the text: the tables below have dozens of rows a text
    text_hash varchar not null,
    rule varchar not null           -- version of the signatures
);
-- One row a band of the text's MinHash signature; texts with the same key are candidates.
create table near_key (
    key ubigint not null,
    text_no integer not null
);
-- Pairs that were confirmed on the texts.
create table near_copy (
    document_id varchar not null,   -- of an excerpt the shorter text
    other_id varchar not null,
    kind varchar not null,          -- copy | excerpt
    similarity double not null      -- Jaccard similarity of copies; of an excerpt the part of it that the other holds
);

-- The place of each numbered document in a series.
create table series_member (
    document_id varchar not null,
    word varchar not null,          -- the organ's number word, such as 国办发
    year integer,                   -- null: the series runs through the years
    serial integer not null,
    place varchar not null,         -- region of the issuing body: one word may serve two places
    source_id varchar not null,
    department_code varchar,
    day date,                       -- signed, else published
    is_copy boolean not null,
    is_joint boolean not null,
    number varchar not null         -- normal form
);
-- Numbers that held documents cite and that no held document bears.
create table series_cited (
    document_id varchar not null,   -- the citing one
    word varchar not null,
    year integer,
    serial integer not null,
    day date,                       -- of the citing document
    source_id varchar not null,
    department_code varchar,
    said varchar                    -- known-non-public | cancelled, where its sentence says so
);
-- Numbers that lists name without a document behind them.
create table series_listed (
    source_id varchar not null,
    url varchar not null,
    number varchar not null,
    word varchar not null,
    year integer,
    serial integer not null,
    title varchar,
    published date
);
create table series (
    series_id varchar not null,
    word varchar not null,
    year integer,
    place varchar not null,         -- empty unless the word serves two places
    department_code varchar,
    held integer not null,
    copies integer not null,
    lowest integer,
    highest integer not null,
    first_day date,
    last_day date,
    missing integer not null,
    coverage double not null,
    coverage_since_first double not null,
    outliers integer[] not null,
    marks varchar[] not null,
    sources varchar[] not null,
    source_counts integer[] not null
);
create table series_gap (
    series_id varchar not null,
    first_serial integer not null,
    last_serial integer not null,
    missing integer not null,
    place_in_series varchar not null,
    state varchar not null,
    before_serial integer,
    before_day date,
    after_serial integer,
    after_day date,
    cited_by varchar[] not null,
    listed_at varchar,
    said_by varchar
);
-- A person's word about a number; baked from the desk.
create table number_mark (
    number varchar not null,        -- normal form
    word varchar not null,
    year integer,
    serial integer not null,
    state varchar not null,         -- known-non-public | cancelled
    note varchar not null,
    account varchar not null,
    created_at timestamptz not null
);

-- Words whose series must be made anew at the next publication.
create table series_due (word varchar not null);

-- Citations of what is not held, with the keys that put the spellings of one target together.
create table wanted_ask (
    document_id varchar not null,
    fact_id varchar not null,
    start_at integer not null,
    number_key varchar,
    title_key varchar,
    family varchar not null,        -- asks of one family may mean one target
    wanted_id varchar not null
);
create table wanted (
    wanted_id varchar not null,
    target_number varchar,
    target_title varchar,
    spellings varchar[] not null,
    cited_by integer not null,
    first_cited date,
    last_cited date,
    kinds varchar[] not null,
    examples json not null,
    department_code varchar,
    department_name varchar,
    issuer_basis varchar,
    source_id varchar
);
