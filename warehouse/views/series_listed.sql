-- Numbers that lists name and no document bears; the words whose listed numbers changed become due.
create or replace temp table listing_now as
select
    listed_now.source_id, listed_now.url, listed_now.number, parts_word(number_parts(number)) as word,
    parts_year(number_parts(number)) as year, try_cast(struct_extract(number_parts(number), 'serial') as integer) as serial,
    listed_now.title, listed_now.published
from (
    select
        * replace (
            translate(regexp_replace(number, '\s', '', 'g'), '[(（【［]]）)】］', '〔〔〔〔〔〕〕〕〕〕') as number
        )
    from listed_now
) listed_now
where serial > 0 and not word_is_bare(word);

insert into series_due
select distinct word
from (
    (from listing_now except from series_listed)
    union all
    (from series_listed except from listing_now)
);
delete from series_listed;
insert into series_listed from listing_now;
