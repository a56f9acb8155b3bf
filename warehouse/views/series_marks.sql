-- People's marks made exactly those of the desk; the words of those that changed become due.
create or replace temp table mark_now as
select
    number, parts_word(number_parts(number)) as word, parts_year(number_parts(number)) as year,
    try_cast(struct_extract(number_parts(number), 'serial') as integer) as serial, state, note, account, created_at
from said_mark
where serial > 0 and word is not null;

create or replace temp table mark_changed as
select distinct number, word
from (
    (from mark_now except from number_mark)
    union all
    (from number_mark except from mark_now)
);
insert into series_due select distinct word from mark_changed;
delete from number_mark;
insert into number_mark from mark_now;
