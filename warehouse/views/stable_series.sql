-- One row a series of document numbers: how much of it is held.
create or replace view stable.series as
select
    series_id,
    word,
    "year",
    place,
    department_code,
    held,
    copies,
    lowest,
    highest,
    missing,
    coverage,
    first_day,
    last_day
from main.series;
