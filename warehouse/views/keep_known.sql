-- What the current publication knows of its documents, for the next one.
delete from copy_key where document_id in (select document_id from touched);
insert into copy_key select document_id, key from new_copy_key;

delete from known_name where document_id in (select document_id from touched);
insert into known_name select document_id, tier, name from new_known_name;

delete from published_body where document_id in (select document_id from touched);
insert into published_body select document_id, reading_id, mask_hash, total from new_body_key;

delete from asked_target where document_id in (select document_id from asking_anew);
insert into asked_target
select
    asked.document_id, asked.fact_id, asked.start_at, asked.number, asked.title, asked.part, asked.speaks,
    resolved.target, resolved.how, resolved.is_older, resolved.is_certain
from asked_anew asked
left join resolved
    on resolved.document_id = asked.document_id
    and resolved.fact_id = asked.fact_id
    and resolved.start_at = asked.start_at;

delete from validity_turn
where document_id in (select document_id from touched union select document_id from judging);
insert into validity_turn select document_id, day from turn_now;
