-- A document of the chunk whose published reading shows words that are blanked from now on.
select now.document_id
from chunk_body now
join published_body before
    on before.document_id = now.document_id
    and before.reading_id = now.reading_id
    and before.mask_hash <> now.mask_hash
join body_place shown on shown.reading_id = before.reading_id and shown.mask_hash = before.mask_hash
join body_place blanked on blanked.reading_id = now.reading_id and blanked.mask_hash = now.mask_hash
where not list_has_all(shown.literals, blanked.literals)
limit 1
