-- Signed issues with their files, the steps of sign-off, notices, distribution, feedback and open points.

-- What was signed is never changed: the triggers below leave only the way to 'withdrawn' or 'corrected'.
create table issue (
    issue_id integer primary key autoincrement,
    series text not null,
    year integer not null,
    number integer not null check (number > 0),
    total integer not null check (total > 0),
    draft_id integer not null unique references draft (draft_id),
    revision integer not null,
    template text not null,
    theme text not null,
    title text not null,
    language text not null check (language in ('zh', 'en')),
    frozen text not null,
    sha256 text not null check (length(sha256) = 64),
    publication_id text not null,
    programme text not null,
    author text not null,
    submitted_by text not null,
    approved_by text not null,
    approved_at real not null,
    state text not null check (state in ('signed', 'withdrawn', 'corrected')),
    state_at real,
    corrected_by integer references issue (issue_id),
    unique (series, year, number),
    unique (series, total)
) strict;

create trigger issue_stays before update of
    issue_id, series, year, number, total, draft_id, revision, template, theme, title, language, frozen,
    sha256, publication_id, programme, author, submitted_by, approved_by, approved_at
on issue begin select raise (abort, 'a signed issue is never changed'); end;
create trigger issue_ends_once before update of state, state_at, corrected_by on issue
when old.state <> 'signed' or new.state = 'signed'
begin select raise (abort, 'an issue that was withdrawn or corrected stays so'); end;
create trigger issue_is_kept before delete on issue
begin select raise (abort, 'a signed issue is never removed'); end;

create table issue_file (
    issue_id integer not null references issue (issue_id),
    format text not null,
    data blob not null,
    size integer not null,
    sha256 text not null check (length(sha256) = 64),
    primary key (issue_id, format),
    check (length(data) = size)
) strict;
create trigger issue_file_stays before update on issue_file
begin select raise (abort, 'a file of a signed issue is never changed'); end;
create trigger issue_file_is_kept before delete on issue_file
begin select raise (abort, 'a file of a signed issue is never removed'); end;

create table sign_off_step (
    step_id integer primary key autoincrement,
    draft_id integer not null references draft (draft_id),
    revision integer not null,
    kind text not null check (kind in ('submit', 'return', 'approve', 'withdraw')),
    account text not null,
    at real not null,
    remark text not null,
    issue_id integer references issue (issue_id)
) strict;
create index sign_off_step_of_draft on sign_off_step (draft_id, step_id);
create trigger sign_off_step_stays before update on sign_off_step
begin select raise (abort, 'a step of sign-off is never changed'); end;
create trigger sign_off_step_is_kept before delete on sign_off_step
begin select raise (abort, 'a step of sign-off is never removed'); end;

create table waiver (
    draft_id integer not null references draft (draft_id),
    key text not null,
    kind text not null,
    text text not null,
    remark text not null check (remark <> ''),
    account text not null,
    at real not null,
    revision integer not null,
    primary key (draft_id, key)
) strict;
create trigger waiver_stays before update on waiver begin select raise (abort, 'a waiver is never changed'); end;
create trigger waiver_is_kept before delete on waiver begin select raise (abort, 'a waiver is never removed'); end;

create table issue_notice (
    notice_id integer primary key autoincrement,
    issue_id integer not null references issue (issue_id),
    document_id text not null,
    title text not null,
    kind text not null check (kind in ('repealed', 'amended', 'changed', 'withdrawn', 'gone')),
    said text not null,
    publication_id text not null,
    at real not null,
    unique (issue_id, document_id, kind, said)
) strict;

-- Addresses are sealed: a copy of this file does not tell them without the home's key.
create table recipient (
    recipient_id integer primary key autoincrement,
    series text not null,
    name text not null,
    channel text not null,
    address text not null,
    account text not null,
    created_at real not null,
    removed_at real,
    removed_by text
) strict;
create unique index recipient_once on recipient (series, name) where removed_at is null;

create table delivery (
    delivery_id integer primary key autoincrement,
    issue_id integer not null references issue (issue_id),
    recipient_id integer not null references recipient (recipient_id),
    name text not null,
    how text not null,
    day text not null,
    note text not null,
    account text not null,
    at real not null,
    unique (issue_id, recipient_id)
) strict;

-- The text of an instruction is sealed as addresses are.
create table feedback (
    feedback_id integer primary key autoincrement,
    issue_id integer not null references issue (issue_id),
    recipient_id integer references recipient (recipient_id),
    kind text not null check (kind in ('read', 'adopted', 'instruction', 'remark')),
    by_whom text not null,
    day text not null,
    text text not null,
    account text not null,
    at real not null,
    removed_at real,
    removed_by text
) strict;
create index feedback_of_issue on feedback (issue_id, feedback_id);

create table open_point (
    point_id integer primary key autoincrement,
    series text not null,
    text text not null,
    state text not null check (state in ('open', 'done')),
    issue_id integer not null references issue (issue_id),
    account text not null,
    at real not null,
    done_at real,
    done_by text,
    done_note text not null
) strict;
create unique index open_point_once on open_point (series, text) where state = 'open';
