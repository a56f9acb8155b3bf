-- By what the documents of `fresh` can be found as copies or as targets, and what their citations ask for.
insert into new_copy_key
select d.document_id, hash('number', d.number_normal, reading.title_key)
from fresh.document d
join reading on reading.reading_id = d.reading_id
where d.unit = 'document' and d.number_organ <> '' and d.number_serial is not null and reading.title_key <> ''
    and d.number_normal is not null
union all
select d.document_id, hash('text', reading.text_hash)
from fresh.document d
join reading on reading.reading_id = d.reading_id
where d.unit = 'document' and d.characters >= (select shortest_copy from publishing);

insert into new_known_name
with named as (
    select d.document_id, 0 as tier, number_family(d.number_normal) as name
    from fresh.document d
    where d.number_normal is not null
    union all
    select d.document_id, unnest([1, 2, 3]) as tier,
        unnest([reading.title_key, printed_work(reading.title_key), without_organ(reading.title_key)]) as name
    from fresh.document d
    join reading on reading.reading_id = d.reading_id
)

select document_id, tier, hash(name) from named where name <> '';

insert into new_asked
select
    c.document_id,
    c.fact_id,
    c.start_at,
    hash(number_family(c.target_number)) as number,
    hash(citation.target_key) as title,
    hash(nullif(without_organ(citation.target_key), '')) as part,
    c.kind in ('repeals', 'amends') or prolongs(c.sentence) as speaks
from fresh.citation c
join citation
    on citation.document_id = c.document_id
    and citation.fact_id = c.fact_id
    and citation.start_at = c.start_at;

insert into new_body_key
select key.document_id, key.reading_id, key.mask_hash, total.total
from chunk_body key
join row_total total on total.document_id = key.document_id;
