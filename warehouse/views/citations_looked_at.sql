-- Documents whose citations are resolved anew: their own row moved, or they ask for what names a document that did.
create or replace temp view known_name_now as
select document_id, tier, name from known_name anti join touched using (document_id)
union all
select document_id, tier, name from new_known_name;

create or replace temp view asked_now as
select document_id, fact_id, start_at, number, title, part, speaks from asked_target anti join touched using (document_id)
union all
select document_id, fact_id, start_at, number, title, part, speaks from new_asked;

create or replace temp table moved_name as
select distinct tier, name from known_name semi join touched using (document_id)
union
select tier, name from new_known_name
union
select tier, name from known_name_now semi join copies_changed using (document_id);

create or replace temp table asking_anew as
with asked as (select document_id, number, title, part from asked_now)

select document_id from asked semi join (from moved_name where tier = 0) named on named.name = asked.number
union
select document_id from asked semi join (from moved_name where tier in (1, 2)) named on named.name = asked.title
union
select document_id from asked semi join (from moved_name where tier = 3) named on named.name = asked.part
union
select document_id from touched
union
select document_id from copies_changed;

create or replace temp table asked_anew as
select asked_now.* from asked_now semi join asking_anew using (document_id);

-- Which documents bear the number or the title that is asked for.
create or replace temp table named_pair as
select asked.document_id, asked.fact_id, asked.start_at, named.document_id as target, named.tier
from asked_anew asked
join known_name_now named on named.name = asked.number and named.tier = 0
union all
select asked.document_id, asked.fact_id, asked.start_at, named.document_id, named.tier
from asked_anew asked
join known_name_now named on named.name = asked.title and named.tier in (1, 2)
union all
select asked.document_id, asked.fact_id, asked.start_at, named.document_id, named.tier
from asked_anew asked
join known_name_now named on named.name = asked.part and named.tier = 3;
