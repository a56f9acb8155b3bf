-- What people know of document numbers that are not held: never public, or never used. A log: the newest of a number holds.

create table number_mark (
    mark_id integer primary key autoincrement,
    number text not null,
    state text not null check (state in ('known-non-public', 'cancelled', 'none')),
    note text not null,
    account text not null references account (name),
    at real not null
) strict;
create index marks_of_number on number_mark (number, mark_id);

create trigger number_mark_is_kept before delete on number_mark
begin select raise(abort, 'a mark is followed by another, not deleted'); end;
create trigger number_mark_is_written_once before update on number_mark
begin select raise(abort, 'a mark is written once'); end;
