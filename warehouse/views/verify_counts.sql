-- What `govbrief verify` counts in the warehouse, one query a name.

-- documents
select count(*) from document;

-- versions
select count(*) from version;

-- readings
select count(*) from reading;

-- bodies_stored
select count(*) from body_place;
