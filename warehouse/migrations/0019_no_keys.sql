-- Labels and places of bodies hold no key: no row was ever looked up by it, and the index of the labels' key alone
-- weighed 508 bytes a document, three times its rows. One document's rows are always replaced together.
create or replace table plain_label (
    document_id varchar not null,
    field varchar not null,
    rank integer not null,
    scheme varchar not null,
    code varchar not null,
    name varchar not null,
    score double not null,
    basis varchar not null,
    evidence json not null,
    classifier_id varchar not null,
    given boolean
);
insert into plain_label by name select * from label;
drop table label;
alter table plain_label rename to label;

create or replace table plain_body_place (
    reading_id varchar not null,
    mask_hash varchar not null,
    segment varchar not null,
    start_at bigint not null,
    length bigint not null,
    excerpt varchar not null,
    characters integer not null,
    paragraphs integer not null,
    literals varchar[] not null
);
insert into plain_body_place by name select * from body_place;
drop table body_place;
alter table plain_body_place rename to body_place;
