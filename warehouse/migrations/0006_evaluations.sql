-- What a classifier did class by class on labelled documents: the tables of the method page.
create table evaluation (
    name varchar primary key,       -- topic-titles | department-titles
    data varchar not null,
    measured_on varchar not null,
    note varchar not null,
    report json not null            -- as `govbrief evaluate --json` prints it
);
