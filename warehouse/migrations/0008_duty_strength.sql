-- How a duty is known; every one mined before stood with a time limit or with bodies in brackets.
alter table duty add column strength varchar default 'deadline'; -- deadline | assigned (bodies in brackets) | rule (a modal word or an imperative)

update duty
set strength = 'assigned'
where due_printed is null;
