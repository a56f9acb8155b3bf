-- Rows of the warehouse that lead nowhere: each query must return none, and names what it is about.

-- document-without-reading
select document_id from document anti join reading using (reading_id) order by 1;

-- document-without-version
select document_id from document anti join version using (document_id, version_no) order by 1;

-- reading-without-text
select reading_id from reading anti join reading_text using (reading_id) order by 1;

-- reading-without-document
select reading_id from reading anti join document using (document_id) order by 1;

-- reading-without-capture
select reading_id from reading anti join capture using (capture_id) order by 1;

-- label-without-document
select distinct document_id from label anti join document using (document_id) order by 1;

-- citation-without-document
select distinct document_id from citation anti join document using (document_id) order by 1;

-- event-without-document
select distinct document_id from event anti join document using (document_id) order by 1;
