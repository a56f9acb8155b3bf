-- The rows of the queue that are to be made anew, in parts that fit into memory; until then they are gone.
-- A series that changed may have another issuer.
create or replace temp table wanted_due as
with changed as (
    select wanted_id from ask_due where wanted_id <> ''
    union
    select wanted_id from wanted
    where target_number is not null and parts_word(number_parts(target_number)) in (select word from due_word)
)

select wanted_id, (hash(wanted_id) % (select 1 + count(*) // $1 from changed))::integer as part from changed;
