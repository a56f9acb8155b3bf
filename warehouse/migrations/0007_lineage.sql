-- What became of issuing bodies: one row for each pair of bodies that a step of a reform joins.
create table body_step (
    before_code varchar not null,    -- authority code of the body that passed on
    after_code varchar not null,     -- authority code of the body that took over
    kind varchar not null,           -- renamed | merged | split | name-kept | functions (only part of the work)
    on_day date not null,
    act varchar not null,            -- the decision that says so
    what varchar not null,           -- which functions moved
    primary key (before_code, after_code, kind, on_day)
);
