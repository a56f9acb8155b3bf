-- How well a file's text was recognised, by whom it was read, and which librarian's correction stands in its place.
alter table attachment add column quality double; -- 0 to 1, null where nothing was recognised
alter table attachment add column method varchar; -- who read it when not govbrief itself: tesseract 5.3.0, librarian
alter table attachment add column text_correction bigint; -- the desk's number of the correction that the text is
alter table reading add column quality double; -- of a scan that was handed in: 0 to 1
alter table reading add column method varchar; -- who read a handed-in file when not govbrief itself

-- What was recognised before says its quality in a problem: "recognised by Tesseract 5.3.0, mean confidence 0.87".
update attachment
set
    quality = try_cast(regexp_extract(problem.detail, 'mean confidence ([0-9.]+[0-9])', 1) as double),
    method = 'tesseract ' || regexp_extract(problem.detail, 'Tesseract ([0-9.]*[0-9])', 1)
from problem
where problem.capture_id = attachment.capture_id and problem.code = 'ocr' and attachment.status = 'text';

update reading
set
    quality = try_cast(regexp_extract(problem.detail, 'mean confidence ([0-9.]+[0-9])', 1) as double),
    method = 'tesseract ' || regexp_extract(problem.detail, 'Tesseract ([0-9.]*[0-9])', 1)
from problem
where problem.capture_id = reading.capture_id and problem.code = 'ocr' and reading.path like '%:tesseract';
