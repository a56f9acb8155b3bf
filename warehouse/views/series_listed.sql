-- Numbers that lists name and no document bears; the words whose listed numbers changed become due.
create or replace temp table listing_now as
with spelled as (
    select
        * replace (
            translate(regexp_replace(number, '\s', '', 'g'), '[(（【［[]]）)】］', '〔〔〔〔〔〕〕〕〕〕') as number
        )
    from listed_now
),

placed as (
    select *, number_place(number) as place from spelled
),

final as (
    select
        source_id, url, number, place.word as word, place.year as year, try_cast(place.serial as integer) as serial,
        title, published
    from placed
)

select * from final where serial > 0 and not word_is_bare(word);

insert into series_due
select distinct word
from (
    (from listing_now except from series_listed)
    union all
    (from series_listed except from listing_now)
);
delete from series_listed;
insert into series_listed from listing_now;
