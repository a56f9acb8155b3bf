-- Who may sign in, with which role, and which sessions are open.
--
-- Passwords are argon2id hashes, mail addresses are sealed with a key that is not in this file, and of a session's
-- token only its hash is kept: whoever takes this file away can neither read an address nor walk in with it.

alter table account add column standing text not null default 'reader'
    check (standing in ('reader', 'analyst', 'reviewer', 'administrator'));
update account set standing = case role when 'admin' then 'administrator' when 'librarian' then 'analyst' else 'reader' end;
alter table account drop column role;
alter table account rename column standing to role;
alter table account add column shown text not null default '';
alter table account add column state text not null default 'active' check (state in ('active', 'disabled', 'erased'));
alter table account add column password text not null default '';
alter table account add column must_change integer not null default 0;
alter table account add column mail text not null default '';
alter table account add column identity text not null default '';

create table session (
    token text primary key,
    account text not null references account (name),
    secret text not null,
    created_at real not null,
    seen_at real not null,
    until real not null
) strict;
create index session_of_account on session (account);

create table failed_sign_in (
    failure_id integer primary key autoincrement,
    account text not null,
    address text not null,
    at real not null
) strict;
create index failed_sign_in_of_account on failed_sign_in (account, at);
create index failed_sign_in_of_address on failed_sign_in (address, at);
