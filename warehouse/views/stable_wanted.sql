-- One row a document that is cited and not held; order by cited_by to see the most wanted.
create or replace view stable.wanted as
select
    wanted_id,
    target_number,
    target_title,
    cited_by,
    first_cited,
    last_cited,
    kinds,
    department_code,
    department_name
from main.wanted;
