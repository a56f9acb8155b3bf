-- The accession register: what people handed to the librarian on the page, and what became of it.
-- A purge deletes the row of its document (column document_id), and with it the file's name and the note.
create table accession (
    accession_id integer primary key autoincrement,
    kind text not null check (kind in ('file', 'address')),
    name text not null,                 -- the file's own name; of an address the address
    url text not null,                  -- where a file came from, when that was said
    source_id text not null,            -- the source it was said to belong to; '' when its address decides
    note text not null,                 -- from whom, by which way
    stored text not null,               -- the waiting file's name in the home's folder incoming; '' once settled
    size integer not null,              -- bytes
    sha256 text not null,
    account text not null references account (name),
    created_at real not null,
    state text not null check (state in ('waiting', 'taken', 'refused')),
    document_id text not null,          -- '' until taken
    outcome text not null,              -- new, changed, unchanged; or why it was refused, in one word
    told text not null,                 -- the sentence that refuses
    published integer not null,         -- 1 once a publication was made for it
    settled_at real
);
create index accession_document on accession (document_id);
