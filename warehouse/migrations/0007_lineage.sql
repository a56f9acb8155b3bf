-- What became of issuing bodies: one row for each pair of bodies that a step of a reform joins.
create table body_step (
    before_code varchar not null,
    after_code varchar not null,
    kind varchar not null,
    on_day date not null,
    act varchar not null,
    what varchar not null,
    primary key (before_code, after_code, kind, on_day)
);
