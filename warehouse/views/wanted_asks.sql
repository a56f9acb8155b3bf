-- What affected documents cite and nobody holds, with the keys by which the spellings of one target are known.
create or replace temp table ask_due as
select distinct family, wanted_id from wanted_ask semi join affected using (document_id);

delete from wanted_ask where document_id in (select document_id from affected);

insert into wanted_ask
with citing as (
    select d.document_id, coalesce(d.duplicate_group, d.document_id) as work
    from pub.document d semi join affected using (document_id)
),

-- A number that the citing paper or a copy of it bears is its own, however it is spelled: held, so not wanted.
own as (
    select citing.document_id, list(distinct number_family(d.number_normal)) as numbers
    from citing
    join pub.document d on coalesce(d.duplicate_group, d.document_id) = citing.work and d.number_normal is not null
    group by citing.document_id
),

asking as (
    select
        c.document_id,
        c.fact_id,
        c.start_at,
        case
            when not coalesce(list_contains(own.numbers, number_family(c.target_number)), false)
                then nullif(regexp_replace(number_family(c.target_number), '^(19|20)[0-9]{2}年第?[0-9]+号?$', ''), '')
        end as number_key,
        case when length(kept.target_key) >= 4 or regexp_matches(kept.target_key, '法$') then kept.target_key end
            as title_key
    from pub.citation c
    semi join affected on affected.document_id = c.document_id
    join citation kept
        on kept.document_id = c.document_id and kept.fact_id = c.fact_id and kept.start_at = c.start_at
    left join own on own.document_id = c.document_id
    where c.target_document_id is null
)

select
    *,
    coalesce(nullif(regexp_extract(title_key, '关于.{8,}$'), ''), title_key, number_key) as family,
    '' as wanted_id
from asking
where number_key is not null or title_key is not null;

insert into ask_due select distinct family, '' from wanted_ask semi join affected using (document_id);

-- A title goes with a number where it stands with one number only; a title without its organ with the one that has it.
create or replace temp table ask_named as
with family_ask as (
    select wanted_ask.* from wanted_ask semi join ask_due using (family)
),

numbered as (
    select title_key, any_value(number_key) as number_key
    from family_ask
    where title_key is not null and number_key is not null
    group by title_key
    having count(distinct number_key) = 1
),

whole as (
    select family, any_value(title_key) as title_key
    from family_ask
    where not starts_with(title_key, '关于')
    group by family
    having count(distinct title_key) = 1
),

final as (
    select
        ask.document_id, ask.fact_id, ask.start_at,
        coalesce(whole.title_key, ask.title_key) as title_key,
        coalesce(ask.number_key, own.number_key, of_whole.number_key) as number_key
    from family_ask ask
    -- one equality, else DuckDB compares every citation with every family
    left join whole on whole.family = case when starts_with(ask.title_key, '关于') then ask.family end
    left join numbered own on own.title_key = ask.title_key
    left join numbered of_whole on of_whole.title_key = whole.title_key
)

select
    document_id, fact_id, start_at,
    'wan-' || left(md5(case when number_key is not null then 'n:' || number_key else 't:' || title_key end), 12)
        as wanted_id
from final;

insert into ask_due
select distinct ask.family, ask.wanted_id from wanted_ask ask semi join ask_due using (family) where ask.wanted_id <> '';
insert into ask_due select distinct '', wanted_id from ask_named;

update wanted_ask
set wanted_id = ask_named.wanted_id
from ask_named
where wanted_ask.document_id = ask_named.document_id
    and wanted_ask.fact_id = ask_named.fact_id
    and wanted_ask.start_at = ask_named.start_at
    and wanted_ask.wanted_id <> ask_named.wanted_id;
