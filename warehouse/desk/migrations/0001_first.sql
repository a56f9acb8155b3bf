-- The desk as first released. Corrections and audit events are logs: rows are added, never rewritten or removed.

create table account (
    name text primary key,
    role text not null check (role in ('admin', 'librarian', 'reader')),
    created_at real not null
) strict;

create table visit (
    account text not null references account (name),
    page text not null,
    key text not null,
    publication_id text not null,
    at real not null,
    primary key (account, page, key)
) strict;

create table correction (
    correction_id integer primary key autoincrement,
    document_id text not null,
    field text not null,
    value text not null,
    previous text not null,
    note text not null,
    account text not null references account (name),
    created_at real not null,
    undone_at real,
    undone_by text references account (name)
) strict;
create index correction_of_document on correction (document_id, field);

create trigger correction_is_kept before delete on correction
begin select raise(abort, 'a correction is undone, not deleted'); end;
create trigger correction_is_written_once
before update of document_id, field, value, previous, note, account, created_at on correction
begin select raise(abort, 'a correction is written once'); end;

create table judgement (
    document_id text not null,
    fact_id text not null,
    verdict text not null check (verdict in ('confirmed', 'rejected')),
    account text not null references account (name),
    at real not null,
    primary key (document_id, fact_id)
) strict;

create table job (
    job_id integer primary key autoincrement,
    kind text not null,
    arguments text not null,
    account text not null references account (name),
    state text not null check (state in ('queued', 'running', 'done', 'failed')),
    created_at real not null,
    started_at real,
    ended_at real,
    outcome text
) strict;
create index job_by_state on job (state, job_id);

create table audit_event (
    event_id integer primary key autoincrement,
    at real not null,
    account text not null,
    action text not null,
    subject text not null,
    detail text not null
) strict;
create index audit_by_subject on audit_event (subject, event_id);

create trigger audit_is_not_rewritten before update on audit_event
begin select raise(abort, 'the audit log is only added to'); end;
create trigger audit_is_not_removed before delete on audit_event
begin select raise(abort, 'the audit log is only added to'); end;
