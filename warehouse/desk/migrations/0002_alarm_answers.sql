-- What people answered to alarms of the crawl: seen, and whether it led them to do something. A log: the newest holds.

create table alarm_answer (
    answer_id integer primary key autoincrement,
    alarm_no integer not null,
    source_id text not null,
    code text not null,
    verdict text not null,
    opened_at real not null,
    acted integer check (acted in (0, 1)),
    note text not null,
    account text not null references account (name),
    at real not null
) strict;
create index answers_of_alarm on alarm_answer (alarm_no, answer_id);

create trigger alarm_answer_is_kept before delete on alarm_answer
begin select raise(abort, 'an answer is followed by another, not deleted'); end;
create trigger alarm_answer_is_written_once before update on alarm_answer
begin select raise(abort, 'an answer is written once'); end;
