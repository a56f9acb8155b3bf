-- Drafts with all their versions, and comments on their paragraphs.

create table draft (
    draft_id integer primary key autoincrement,
    template text not null,
    theme text not null,
    title text not null,
    language text not null check (language in ('zh', 'en')),
    state text not null check (state in ('draft', 'review', 'signed', 'dropped')),
    revision integer not null,
    since text not null,
    until text not null,
    searches text not null,
    account text not null,
    created_at real not null,
    changed_at real not null
) strict;

-- A text stands whole or as the lines that differ from the revision numbered before it, never both.
create table draft_revision (
    draft_id integer not null references draft (draft_id),
    revision integer not null,
    base integer,
    other integer,
    kind text not null check (kind in ('autosave', 'save', 'merge', 'fill')),
    whole text,
    changed text,
    digest blob not null,
    characters integer not null,
    note text not null,
    session text not null,
    sequence integer not null,
    account text not null,
    at real not null,
    primary key (draft_id, revision),
    check ((whole is null) <> (changed is null))
) strict;
create index draft_revision_of_session on draft_revision (draft_id, session, sequence);

create trigger draft_revision_stays before update of revision, base, other, kind, whole, changed, digest
on draft_revision begin select raise (abort, 'a version of a draft is never changed'); end;

create table draft_fill (
    draft_id integer not null references draft (draft_id),
    section text not null,
    text text not null,
    publication_id text not null,
    at real not null,
    primary key (draft_id, section)
) strict;

create table draft_comment (
    comment_id integer primary key autoincrement,
    draft_id integer not null references draft (draft_id),
    answers integer references draft_comment (comment_id),
    anchor text not null,
    paragraph text not null,
    text text not null,
    account text not null,
    at real not null,
    resolved_at real,
    resolved_by text
) strict;
create index draft_comment_of_draft on draft_comment (draft_id, comment_id);
