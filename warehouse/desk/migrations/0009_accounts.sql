-- Who may sign in, with which role, and which sessions are open.
--
-- Passwords are argon2id hashes, mail addresses are sealed with a key that is not in this file, and of a session's
-- token only its hash is kept: whoever takes this file away can neither read an address nor walk in with it.

alter table account add column standing text not null default 'reader'
    check (standing in ('reader', 'analyst', 'reviewer', 'administrator'));  -- reader, analyst, reviewer, administrator: each may what those before it may
update account set standing = case role when 'admin' then 'administrator' when 'librarian' then 'analyst' else 'reader' end;
alter table account drop column role;
alter table account rename column standing to role;
alter table account add column shown text not null default '';  -- name that others see; empty: the account's name
alter table account add column state text not null default 'active' check (state in ('active', 'disabled', 'erased'));  -- active, disabled, or erased: then the name is a stand-in
alter table account add column password text not null default '';  -- argon2id hash; empty: no password opens it
alter table account add column must_change integer not null default 0;  -- 1 when somebody else chose the password
alter table account add column mail text not null default '';  -- address, sealed with the key of the home
alter table account add column identity text not null default '';  -- issuer and subject by which an OIDC provider knows the person

-- Open sessions of the dashboards.
create table session (
    token text primary key,  -- SHA-256 of what the browser holds
    account text not null references account (name),  -- who signed in
    secret text not null,  -- what the tokens of its forms are made with
    created_at real not null,  -- when it was opened
    seen_at real not null,  -- when it was last used, to the minute
    until real not null  -- when it ends at the latest
) strict;
create index session_of_account on session (account);

-- Tries to sign in of the last minutes that were not followed by a right password.
create table failed_sign_in (
    failure_id integer primary key autoincrement,  -- number of the try
    account text not null,  -- SHA-256 of what was typed as a name: some type a password there
    address text not null,  -- network address the try came from
    at real not null  -- when
) strict;
create index failed_sign_in_of_account on failed_sign_in (account, at);
create index failed_sign_in_of_address on failed_sign_in (address, at);
