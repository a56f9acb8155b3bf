-- Pages ask for single documents by name all the time; without it each question reads the names of all.
create index if not exists document_by_id on pub.document (document_id);
