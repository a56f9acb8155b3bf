-- What people say of a precedent on the board of problems: a log; the newest of a pair that was not undone holds.

create table board_judgement (
    judgement_id integer primary key autoincrement,
    problem_id text not null,
    measure_id text not null,
    problem_document text not null,
    measure_document text not null,
    verdict text not null check (verdict in ('confirmed', 'rejected')),
    reason text not null,
    features text not null,
    account text not null references account (name),
    at real not null,
    undone_at real,
    undone_by text
) strict;
create index board_judgement_of_pair on board_judgement (problem_id, measure_id, judgement_id);
