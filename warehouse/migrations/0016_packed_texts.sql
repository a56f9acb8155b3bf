-- Mined rows hold their sentences packed, and no key: no row was ever looked up by it, and its index weighed as much
-- as the rows and took longer to write. One document's rows are always replaced together.
create or replace table packed_citation (
    fact_id varchar not null,
    document_id varchar not null,
    kind varchar not null,
    sentence varchar not null using compression zstd,
    paragraph integer not null,
    start_at integer not null,
    end_at integer not null,
    target_title varchar,
    target_number varchar,
    target_key varchar
);
insert into packed_citation by name select * from citation;
drop table citation;
alter table packed_citation rename to citation;

create or replace table packed_duty (
    fact_id varchar not null,
    document_id varchar not null,
    sentence varchar not null using compression zstd,
    paragraph integer not null,
    start_at integer not null,
    end_at integer not null,
    who varchar[] not null,
    what varchar not null using compression zstd,
    due date,
    due_printed varchar,
    value varchar using compression zstd,
    strength varchar default 'deadline'
);
insert into packed_duty by name select * from duty;
drop table duty;
alter table packed_duty rename to duty;

create or replace table packed_fact (
    fact_id varchar not null,
    document_id varchar not null,
    kind varchar not null,
    value varchar not null,
    sentence varchar not null using compression zstd,
    paragraph integer not null,
    start_at integer not null,
    end_at integer not null,
    rule varchar not null
);
insert into packed_fact by name select * from fact;
drop table fact;
alter table packed_fact rename to fact;
