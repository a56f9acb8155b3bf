-- People's marks made exactly those of the desk; the words of those that changed become due.
create or replace temp table mark_now as
with placed as (
    select *, number_place(number) as place from said_mark
),

final as (
    select
        number, place.word as word, place.year as year, try_cast(place.serial as integer) as serial, state, note,
        account, created_at
    from placed
)

select * from final where serial > 0 and word is not null;

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
