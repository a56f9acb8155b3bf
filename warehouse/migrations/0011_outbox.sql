-- What the next publication has to write anew, and what the last one knew, so that it works on what changed alone.

-- Documents whose row in the publication is no longer right; written with the change itself, emptied when published.
create table outbox (
    document_id varchar not null,
    what varchar not null            -- content | seen (nothing but the day of the last sighting)
);

-- What the current publication was made from; without the part `publication` the next one is made whole.
create table publication_state (
    part varchar primary key,        -- publication | mark | today | figures | networks
    value varchar not null
);

-- What tells copies: hashes of number with title, and of the text, as published.
create table copy_key (
    document_id varchar not null,
    key ubigint not null
);

-- What citations can mean a document by: hashes of its number (tier 0), title (1), printed work (2), title without organ (3).
create table known_name (
    document_id varchar not null,
    tier tinyint not null,
    name ubigint not null
);

-- What each published citation asks for, and what it was found to mean.
create table asked_target (
    document_id varchar not null,
    fact_id varchar not null,
    start_at integer not null,
    number ubigint,                  -- hash of the number it prints
    title ubigint,                   -- hash of the title it prints
    part ubigint,                    -- hash of that title without its organ
    speaks boolean not null,         -- whether its sentence may end, change or prolong its target
    target varchar,
    how varchar,                     -- number | title | part
    is_older boolean,
    is_certain boolean
);

-- Days to come on which the validity of a document has to be judged anew.
create table validity_turn (
    document_id varchar not null,
    day date not null
);

-- Which reading each published body is of, and how it is masked.
create table published_body (
    document_id varchar not null,
    reading_id varchar not null,
    mask_hash varchar not null
);
