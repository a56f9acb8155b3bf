-- Where the lines of an attached file stand, and the masked bodies of versions that are no longer shown.
alter table attachment add column places varchar; -- page, sheet, table and row of its lines, see warehouse/places.py

create table past_body (
    document_id varchar not null,
    version_no integer not null,
    reading_id varchar not null,     -- the latest reading of that version
    made_from varchar not null,      -- hash of all that decides how it is masked; another hash: write it anew
    title varchar not null,          -- masked, as that version had it
    segment varchar not null,        -- file in bodies/
    start_at bigint not null,
    length bigint not null,
    characters integer not null,
    primary key (document_id, version_no)
);

-- What the index of past versions holds.
create table past_indexed (
    document_id varchar not null,
    version_no integer not null,
    index_hash varchar not null,
    primary key (document_id, version_no)
);
