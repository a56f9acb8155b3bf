-- To whom each document gives work, and why, as classification found it.
create table routing (
    fact_id varchar not null,
    document_id varchar not null,
    code varchar,                   -- a body, or a class of bodies: all:KIND:LEVEL:PLACE; null = nobody
    name varchar,                   -- what it is called in Chinese
    reason varchar not null,        -- addressee | responsible | duty | topic; of nobody: nobody | unknown | own | tells
    paragraph integer not null,
    start_at integer not null,
    end_at integer not null,        -- where the text names it; the same = nowhere
    rule varchar not null
);

-- Until now such rows lay among the mined facts: of kind `route:REASON` with the value `CODE|NAME`, or `route:none` with why
-- nobody was found.
insert into routing by name
select
    fact_id, document_id,
    case when kind <> 'route:none' then split_part(value, '|', 1) end as code,
    case when kind <> 'route:none' then split_part(value, '|', 2) end as name,
    case when kind <> 'route:none' then substr(kind, 7) else value end as reason,
    paragraph, start_at, end_at, rule
from fact
where starts_with(kind, 'route:');

delete from fact where starts_with(kind, 'route:');
