-- Corrections of many documents at once, answers of the review queue, and documents judged by two people.

create table bulk_edit (
    bulk_id integer primary key autoincrement,
    field text not null,
    value text,                         -- JSON; null: what each document said was confirmed
    note text not null,
    account text not null references account (name),
    created_at real not null,
    undone_at real,
    undone_by text references account (name)
) strict;

create table bulk_record (
    bulk_id integer not null references bulk_edit (bulk_id),
    document_id text not null,
    correction_id integer not null references correction (correction_id),
    primary key (bulk_id, document_id)
) strict;

create table review_answer (
    answer_id integer primary key autoincrement,
    document_id text not null,
    subject text not null,              -- department | topic | fact:<fact_id>
    reason text not null,               -- why it stood in the queue: the first of its reasons
    answer text not null check (answer in ('confirmed', 'corrected', 'rejected', 'skipped')),
    correction_id integer references correction (correction_id),
    account text not null references account (name),
    at real not null,
    undone_at real
) strict;
create index review_answer_of on review_answer (document_id, subject);

create table second_judgement (
    correction_id integer primary key references correction (correction_id),  -- the first person's answer
    document_id text not null,
    field text not null,
    value text,                         -- JSON; null: the second person cannot say
    account text not null references account (name),
    at real not null,
    decided text,                       -- JSON: what a reviewer settled after talk
    remark text not null default '',
    decided_by text references account (name),
    decided_at real
) strict;
