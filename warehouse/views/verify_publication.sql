-- Rows of a publication that lead nowhere: each query must return none, and names what it is about.

-- citation-target
select distinct target_document_id
from citation
where target_document_id is not null and target_document_id not in (select document_id from document)
order by 1;

-- validity-target
select document_id
from document
where validity_by is not null and validity_by not in (select document_id from document)
order by 1;

-- reprint-target
select document_id
from document
where reprint_of is not null and reprint_of not in (select document_id from document)
order by 1;

-- document-capture
select document_id from document anti join capture using (capture_id) order by 1;

-- document-source
select document_id from document anti join source using (source_id) order by 1;

-- fact-document
select distinct document_id from fact anti join document using (document_id) order by 1;

-- duty-document
select distinct document_id from duty anti join document using (document_id) order by 1;

-- label-document
select distinct document_id from label anti join document using (document_id) order by 1;

-- theme-document
select distinct document_id from theme_member anti join document using (document_id) order by 1;

-- version-document
select distinct document_id from version anti join document using (document_id) order by 1;
