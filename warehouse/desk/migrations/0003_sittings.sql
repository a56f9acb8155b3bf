-- Sittings: small sets of documents that a librarian confirms or corrects, half drawn at random, half the doubtful ones.

create table sitting (
    sitting_id integer primary key autoincrement,
    field text not null,
    publication_id text not null,       -- that it was drawn from
    classifiers text not null,          -- whose answers it judges, as the publication names them
    candidates integer not null,        -- documents it was drawn from: those without a published or human class
    account text not null references account (name),
    drawn_at real not null
) strict;

create table sitting_document (
    sitting_id integer not null references sitting (sitting_id),
    place integer not null,
    document_id text not null,
    drawn text not null check (drawn in ('random', 'doubtful')),
    given text,                         -- code of the class it had; null where there was no answer
    given_name text,
    score real,
    answer text check (answer in ('confirmed', 'corrected', 'skipped')),
    correction_id integer references correction (correction_id),
    answered_at real,
    primary key (sitting_id, place)
) strict;
create index sitting_of_document on sitting_document (document_id);
