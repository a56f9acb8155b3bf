-- Signed issues with their files, the steps of sign-off, notices, distribution, feedback and open points.

-- What was signed is never changed: the triggers below leave only the way to 'withdrawn' or 'corrected'.
create table issue (
    issue_id integer primary key autoincrement,  -- number of the issue at this desk; addresses and the command line name it
    series text not null,  -- name of the bulletin
    year integer not null,  -- of the approval, in the time zone of the library
    number integer not null check (number > 0),  -- counts the issues of its series and year from 1, without gaps
    total integer not null check (total > 0),  -- counts the issues of its series
    draft_id integer not null unique references draft (draft_id),  -- draft that was signed
    revision integer not null,  -- version of the draft that was signed
    template text not null,  -- name of its template
    theme text not null,  -- theme it was written for
    title text not null,  -- as it was signed
    language text not null check (language in ('zh', 'en')),  -- of the text: zh | en
    frozen text not null,  -- JSON: text, passages, documents, check, waivers, hashes of the files
    sha256 text not null check (length(sha256) = 64),  -- of frozen, in UTF-8
    publication_id text not null,  -- against which it was checked
    programme text not null,  -- version of govbrief that wrote the files
    author text not null,  -- account that began the draft
    submitted_by text not null,  -- account that gave it to review last
    approved_by text not null,  -- account that approved it
    approved_at real not null,  -- when it was approved
    state text not null check (state in ('signed', 'withdrawn', 'corrected')),  -- whether it holds
    state_at real,  -- when it was withdrawn or corrected
    corrected_by integer references issue (issue_id),  -- issue that stands in its place
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

-- The files of an issue, byte for byte as they were signed.
create table issue_file (
    issue_id integer not null references issue (issue_id),  -- issue it belongs to
    format text not null,  -- md | json | docx | pdf
    data blob not null,  -- the file as it was signed
    size integer not null,  -- bytes
    sha256 text not null check (length(sha256) = 64),  -- of data
    primary key (issue_id, format),
    check (length(data) = size)
) strict;
create trigger issue_file_stays before update on issue_file
begin select raise (abort, 'a file of a signed issue is never changed'); end;
create trigger issue_file_is_kept before delete on issue_file
begin select raise (abort, 'a file of a signed issue is never removed'); end;

-- Steps of sign-off: rows are only added.
create table sign_off_step (
    step_id integer primary key autoincrement,  -- number of the step
    draft_id integer not null references draft (draft_id),  -- draft it is about
    revision integer not null,  -- version of the draft that was meant
    kind text not null check (kind in ('submit', 'return', 'approve', 'withdraw')),  -- what was done
    account text not null,
    at real not null,  -- when it was done
    remark text not null,  -- what was said with it
    issue_id integer references issue (issue_id)  -- issue that the step made or withdrew
) strict;
create index sign_off_step_of_draft on sign_off_step (draft_id, step_id);
create trigger sign_off_step_stays before update on sign_off_step
begin select raise (abort, 'a step of sign-off is never changed'); end;
create trigger sign_off_step_is_kept before delete on sign_off_step
begin select raise (abort, 'a step of sign-off is never removed'); end;

-- Findings that a reviewer let stand; a waiver holds while the words of the finding stay.
create table waiver (
    draft_id integer not null references draft (draft_id),  -- draft whose finding it is
    key text not null,  -- name of the finding: its kind and the hash of its words
    kind text not null,  -- kind of the finding
    text text not null,  -- words it is about
    remark text not null check (remark <> ''),  -- why it may stand
    account text not null,
    at real not null,  -- when it was waived
    revision integer not null,  -- version of the draft that was looked at
    primary key (draft_id, key)
) strict;
create trigger waiver_stays before update on waiver begin select raise (abort, 'a waiver is never changed'); end;
create trigger waiver_is_kept before delete on waiver begin select raise (abort, 'a waiver is never removed'); end;

-- What became of cited documents after an issue was signed, each told once.
create table issue_notice (
    notice_id integer primary key autoincrement,  -- number of the notice
    issue_id integer not null references issue (issue_id),  -- issue that cites the document
    document_id text not null,
    title text not null,  -- of the document
    kind text not null check (kind in ('repealed', 'amended', 'changed', 'withdrawn', 'gone')),  -- what became of it
    said text not null,  -- the document that ended it, or the versions then and now
    publication_id text not null,  -- in which it was found first
    at real not null,  -- when it was noted
    unique (issue_id, document_id, kind, said)
) strict;

-- Addresses are sealed: a copy of this file does not tell them without the home's key.
create table recipient (
    recipient_id integer primary key autoincrement,  -- number of the recipient
    series text not null,  -- series whose list it is
    name text not null,  -- of the person or office
    channel text not null,  -- paper | mail | intranet | meeting | other
    address text not null,  -- sealed; empty when there is none
    account text not null,
    created_at real not null,
    removed_at real,
    removed_by text
) strict;
create unique index recipient_once on recipient (series, name) where removed_at is null;

-- Who got which issue, once for each.
create table delivery (
    delivery_id integer primary key autoincrement,  -- number of the delivery
    issue_id integer not null references issue (issue_id),  -- issue that was handed over
    recipient_id integer not null references recipient (recipient_id),  -- who got it
    name text not null,  -- of the recipient at that time
    how text not null,  -- by which channel
    day text not null,  -- when it was handed over
    note text not null,
    account text not null,
    at real not null,  -- when it was noted
    unique (issue_id, recipient_id)
) strict;

-- The text of an instruction is sealed as addresses are.
create table feedback (
    feedback_id integer primary key autoincrement,  -- number of the feedback
    issue_id integer not null references issue (issue_id),  -- issue it is about
    recipient_id integer references recipient (recipient_id),  -- recipient it counts for; null = of nobody who got it
    kind text not null check (kind in ('read', 'adopted', 'instruction', 'remark')),  -- what it was
    by_whom text not null,  -- who said it
    day text not null,  -- when it was said
    text text not null,  -- what was said; sealed for an instruction
    account text not null,
    at real not null,  -- when it was noted
    removed_at real,
    removed_by text
) strict;
create index feedback_of_issue on feedback (issue_id, feedback_id);

-- What issues promised to follow; it goes from issue to issue of a series until it is done.
create table open_point (
    point_id integer primary key autoincrement,  -- number of the point
    series text not null,  -- series that follows it
    text text not null,  -- with its references, as it stood in the signed text
    state text not null check (state in ('open', 'done')),  -- whether it is done
    issue_id integer not null references issue (issue_id),  -- issue that raised it
    account text not null,
    at real not null,  -- when it was raised
    done_at real,  -- when it was told to be done
    done_by text,  -- who told it
    done_note text not null  -- how it was done
) strict;
create unique index open_point_once on open_point (series, text) where state = 'open';
