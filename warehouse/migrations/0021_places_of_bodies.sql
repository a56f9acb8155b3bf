-- A document that is a file itself (handed in, or a line of a list that leads to a file): where its paragraphs stand.
alter table reading add column places varchar; -- page, slide, sheet, table and row of its lines (warehouse/places.py)
