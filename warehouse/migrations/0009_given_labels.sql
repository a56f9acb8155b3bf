-- Answers told from candidates: a document counts under every class that it was given, not under those merely likely.
alter table label add column given boolean; -- an answer; false: a candidate for review; null: stored before this was told
