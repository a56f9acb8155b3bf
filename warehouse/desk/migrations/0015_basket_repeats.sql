-- How often a passage's words stand in its text, and which one it is of the places that have the same context too; a
-- changed reader that shows as many keeps their order, one that shows fewer has lost some.
alter table basket_item add column nth integer not null default 1;
alter table basket_item add column alike integer not null default 1;
alter table basket_item add column times integer not null default 1;
