-- What the site changed from one version of a document to the next; made once a pair of readings, at publication.
create table version_change (
    document_id varchar not null,
    version_no integer not null,     -- the later one of the two
    from_reading varchar not null,   -- the reading of the version before
    to_reading varchar not null,     -- the reading of this version
    fields json not null,            -- list of {field, old, new}
    paragraphs json not null,        -- list of {kind, old_at, new_at, old, new}, see warehouse/version_changes.py
    omitted integer not null,        -- changed paragraphs beyond those listed
    primary key (document_id, version_no)
);
