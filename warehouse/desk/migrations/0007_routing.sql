-- Decisions about allocation: how far a document is in an inbox, to whom it is given by hand, that it gives no work.
-- A log: the newest of a document and code that was not undone holds.

create table routing_act (
    act_id integer primary key autoincrement,
    document_id text not null,
    code text not null,
    name text not null,
    act text not null check (act in ('state', 'assign', 'withdraw', 'dismiss')),
    value text not null,
    note text not null,
    account text not null references account (name),
    at real not null,
    undone_at real,
    undone_by text
) strict;
create index routing_of_document on routing_act (document_id, act_id);
create index routing_of_inbox on routing_act (code, act, document_id);
