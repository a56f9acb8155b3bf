-- Requests to the library with what answered them, and shelves: lists of documents that somebody chose and introduced.

create table service_request (
    request_id integer primary key autoincrement,
    department text not null,           -- the body that asks, in plain words
    asker text,                         -- who asks and how to reach her, sealed; null: not given, or erased
    need text not null,
    asked_on text not null,             -- days are days at the library
    due text,
    state text not null check (state in ('open', 'working', 'delivered', 'closed')),
    responsible text not null,          -- account
    outcome text not null,              -- what came of it, said at the end; '' until then
    account text not null references account (name),
    created_at real not null,
    changed_at real not null,
    delivered_on text,                  -- of the first delivery that stands
    closed_on text
) strict;
create index service_request_by_day on service_request (asked_on, request_id);

-- What was searched, found and made for a request. What was found is what stood there at that moment.
create table service_link (
    link_id integer primary key autoincrement,
    request_id integer not null references service_request (request_id),
    kind text not null check (kind in ('search', 'query', 'source', 'theme', 'item', 'draft', 'issue')),
    key text not null,
    label text not null,
    found integer,                      -- documents, in publication_id
    publication_id text,
    account text not null references account (name),
    at real not null,
    removed_at real,
    removed_by text references account (name)
) strict;
create index service_link_of_request on service_link (request_id, kind, key);
create index service_link_by_key on service_link (kind, key) where removed_at is null;

create table service_delivery (
    delivery_id integer primary key autoincrement,
    request_id integer not null references service_request (request_id),
    delivered_on text not null,
    what text not null,
    account text not null references account (name),
    at real not null,
    removed_at real,
    removed_by text references account (name)
) strict;
create index service_delivery_of_request on service_delivery (request_id);

create table shelf (
    shelf_id integer primary key autoincrement,
    title text not null,
    introduction text not null,         -- plain paragraphs, a line each
    responsible text not null,          -- who answers for the choice, as readers are told
    state text not null check (state in ('draft', 'published', 'removed')),
    account text not null references account (name),
    created_at real not null,
    changed_at real not null,
    published_at real
) strict;

create table shelf_section (
    section_id integer primary key autoincrement,
    shelf_id integer not null references shelf (shelf_id),
    place integer not null,
    title text not null,
    removed_at real
) strict;
create index shelf_section_of_shelf on shelf_section (shelf_id, place);

create table shelf_document (
    entry_id integer primary key autoincrement,
    section_id integer not null references shelf_section (section_id),
    place integer not null,
    document_id text not null,
    title text not null,                -- as it was called when it was chosen
    note text not null,                 -- why it stands here
    account text not null references account (name),
    at real not null,
    removed_at real
) strict;
create index shelf_document_of_section on shelf_document (section_id, place);
