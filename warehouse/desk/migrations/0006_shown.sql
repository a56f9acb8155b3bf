-- What each publication showed otherwise than the one before, how far each reader was told, and what she follows.

create table shown_publication (
    sequence integer primary key autoincrement,
    publication_id text not null unique,
    at real not null,
    day text not null,                  -- at the library
    kind text not null check (kind in ('first', 'delta', 'gap'))  -- gap: what was shown before is not known
) strict;

create table shown_change (
    sequence integer not null references shown_publication (sequence),
    document_id text not null,
    kind text not null,                 -- new | changed | withdrawn | returned | ended | revived | due-added | due-moved
    status text not null,               -- of the document in that publication
    validity text not null,
    fact_id text,                       -- of the duty that was added or moved
    due text,
    old_due text
) strict;
create index changes_shown on shown_change (sequence, document_id, kind);

create table look (
    account text primary key references account (name),
    day text not null,                  -- at the library; the looks of one day are one
    sequence integer not null,          -- the newest publication shown on that day
    at real not null,
    from_day text,                      -- the same of the day before on which she looked
    from_sequence integer,
    from_at real
) strict;

create table follow (
    account text not null references account (name),
    kind text not null check (kind in ('document', 'theme', 'body')),
    document_id text not null,          -- or the theme's name, or the body's code
    at real not null,
    primary key (account, kind, document_id)
) strict, without rowid;
