-- One row a citation: who cites what in which sentence, and the held document it leads to, when one is held.
create or replace view stable.citations as
select
    c.fact_id as citation_id,
    c.document_id,
    d.title,
    d.doc_number,
    d.published,
    d.department_name,
    c.kind,
    c.sentence,
    c.paragraph,
    c.target_title,
    c.target_number,
    c.target_document_id is not null as held,
    c.target_document_id,
    t.title as held_title,
    t.doc_number as held_number,
    t.published as held_published,
    t.validity as held_validity,
    c.target_is_later
from main.citation c
join main.document d on d.document_id = c.document_id
left join main.document t on t.document_id = c.target_document_id;
