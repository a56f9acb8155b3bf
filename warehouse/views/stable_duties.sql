-- One row a duty: who has to do what by which day; order by due to see what comes next.
create or replace view stable.duties as
select
    u.fact_id as duty_id,
    u.document_id,
    d.title,
    d.doc_number,
    d.published,
    d.department_name,
    d.validity,
    u.due,
    u.due_printed,
    u.who,
    u.what,
    u.value,
    u.strength,
    u.sentence,
    u.paragraph,
    d.url
from main.duty u
join main.document d on d.document_id = u.document_id;
