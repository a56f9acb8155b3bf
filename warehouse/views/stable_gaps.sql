-- One row a run of document numbers that are not held, between the days of its neighbours.
create or replace view stable.gaps as
select
    g.series_id,
    s.word,
    s.year,
    s.place,
    s.department_code,
    g.first_serial,
    g.last_serial,
    g.missing,
    g.place_in_series,
    g.state,
    g.before_serial,
    g.before_day,
    g.after_serial,
    g.after_day,
    g.cited_by,
    g.listed_at
from main.series_gap g
join main.series s on s.series_id = g.series_id;
