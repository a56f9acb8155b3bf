-- Saved searches with a log of what each one found when, and queries that found nothing, counted without the person.

create table saved_search (
    search_id integer primary key autoincrement,
    name text not null,
    note text not null,
    asked text not null,                -- JSON: version, query, filters, order
    revision integer not null,          -- grows with every change of what is asked
    owner text not null references account (name),
    shared integer not null check (shared in (0, 1)),
    created_at real not null,
    changed_at real not null,
    last_run_at real,
    publication_id text,                -- the newest publication that it was run on
    removed_at real,
    removed_by text references account (name)
) strict;

-- A document stands here once for each of its versions that the search found; a subscriber remembers a position.
create table saved_search_hit (
    position integer primary key autoincrement,
    search_id integer not null references saved_search (search_id),
    document_id text not null,
    version_no integer not null,
    kind text not null check (kind in ('known', 'new', 'changed')),
    publication_id text not null,       -- in which it was found first
    recorded_at real not null,
    unique (search_id, document_id, version_no)
) strict;
create index news_of_saved_search on saved_search_hit (search_id, position) where kind <> 'known';

create table unanswered_query (
    day text not null,                  -- at the library; no finer time is kept
    query text not null,                -- folded, personal numbers masked, cut
    times integer not null,
    primary key (day, query)
) strict, without rowid;
create index unanswered_by_query on unanswered_query (query, day);

create table handled_query (
    query text primary key,
    day text not null,                  -- asked again on a later one, it is open again
    note text not null,
    account text not null references account (name),
    at real not null
) strict, without rowid;
