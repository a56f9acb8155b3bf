-- Pairs of documents of which one is due, whose texts share keys or which bear one title. $1: a key that more texts (a
-- title that more documents) share says nothing; $2: of equal texts, which are copies already, so many stand for all; $3: keys from here on are
-- sentences, of which one is enough, as of bands two are.
create or replace temp table copy_paper as
select state.document_id, state.text_no, state.title, due.document_id is not null as is_due,
    row_number() over (partition by state.text_no order by due.document_id is null, state.document_id) as place
from near_state state
left join copy_due due on due.document_id = state.document_id;

create or replace temp table copy_pair as
with due_text as (
    select distinct text_no from copy_paper where is_due
),

due_key as (
    select near_key.key, near_key.text_no from near_key semi join due_text using (text_no)
),

shared as (
    select near_key.key, near_key.text_no
    from near_key semi join (select distinct key from due_key) wanted using (key)
),

telling as (
    select key from shared group by key having count(*) between 2 and $1
),

text_pair as (
    select least(due_key.text_no, shared.text_no) as one, greatest(due_key.text_no, shared.text_no) as other
    from due_key
    join shared on shared.key = due_key.key and shared.text_no <> due_key.text_no
    semi join telling on telling.key = due_key.key
    group by all
    having count(distinct due_key.key) >= 2 or max(due_key.key) >= $3
),

titled as (
    select title
    from copy_paper semi join (select title from copy_paper where is_due) wanted using (title)
    group by title
    having count(*) between 2 and $1
),

by_title as (
    select one.document_id, other.document_id as other_id
    from copy_paper one
    join copy_paper other on other.title = one.title and other.text_no <> one.text_no
    semi join titled on titled.title = one.title
    where one.is_due
),

final as (
    select least(document_id, other_id) as document_id, greatest(document_id, other_id) as other_id from by_title
    union
    select
        least(one.document_id, other.document_id) as document_id,
        greatest(one.document_id, other.document_id) as other_id
    from text_pair
    join copy_paper one on one.text_no = text_pair.one and one.place <= $2
    join copy_paper other on other.text_no = text_pair.other and other.place <= $2
    where one.is_due or other.is_due
)

select distinct document_id, other_id from final;
