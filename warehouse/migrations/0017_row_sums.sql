-- The sum of the hashes of all rows that a publication holds of a document by itself: what a delta takes out.
alter table published_body add column total hugeint; -- sum of the hashes of its rows
