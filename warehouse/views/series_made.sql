-- Series and gaps of the words that are due, made anew from their members, citations, listed numbers and marks.
create or replace temp table due_word as select distinct word from series_due;

-- A word serves two places where one number of it names different papers in two of them.
create or replace temp table shared_word as
select distinct word
from (
    select word, year, serial
    from series_member semi join due_word using (word)
    where not is_copy and place <> ''
    group by all
    having count(distinct place) > 1
);

create or replace temp table held_number as
select
    m.word, m.year, case when shared_word.word is not null then m.place else '' end as place, m.serial,
    min(m.day) filter (where not m.is_copy) as own_day,
    coalesce(own_day, min(m.day)) as day,
    count(*) filter (where m.is_copy) as copies,
    bool_or(m.is_joint) as is_joint
from series_member m
semi join due_word using (word)
left join shared_word on shared_word.word = m.word
group by all;

-- One number far above all others is rather a slip of the pen: a step of more than 200 that triples the number before
-- counts only when three numbers stand there.
create or replace temp table held_in_line as
with stepped as (
    select
        *,
        lag(serial) over (partition by word, year, place order by serial) as before,
        count(*) over (partition by word, year, place order by serial desc) as from_here
    from held_number
),

marked as (
    select *, coalesce(serial - before > 200 and serial > 3 * before and from_here < 3, false) as is_step
    from stepped
)

select *, bool_or(is_step) over (partition by word, year, place order by serial) as is_outlier from marked;

create or replace temp table series_line as
select
    word, year, place,
    'ser-' || left(md5(concat_ws(chr(31), word, coalesce(year::varchar, ''), place)), 12) as series_id,
    count(*) filter (where not is_outlier)::integer as held,
    sum(copies)::integer as copies,
    min(serial) filter (where not is_outlier) as lowest,
    max(serial) filter (where not is_outlier) as highest_held,
    min(day) filter (where not is_outlier) as first_day,
    max(day) filter (where not is_outlier) as last_day,
    bool_or(is_joint) as is_joint,
    coalesce(list(serial order by serial) filter (where is_outlier), []) as outliers
from held_in_line
group by all;

-- What is known of numbers that are not held.
create or replace temp table told_number as
with told as (
    select
        line.series_id, line.word, line.year, line.place, c.serial, 'cited' as how, c.document_id, c.day,
        case when c.department_code = office.department_code or member.document_id is not null then c.said end as said,
        null as url
    from series_cited c
    semi join due_word on due_word.word = c.word
    join series_line line on line.word = c.word and line.year is not distinct from c.year
    left join (
        select word, mode(department_code order by department_code) as department_code from series_member semi join due_word using (word)
        group by word
    ) office on office.word = c.word
    left join series_member member
        on member.document_id = c.document_id and member.word = c.word and member.year is not distinct from c.year
    union all
    select line.series_id, line.word, line.year, line.place, l.serial, 'listed', null, l.published, null, l.url
    from series_listed l
    semi join due_word on due_word.word = l.word
    join series_line line on line.word = l.word and line.year is not distinct from l.year
    union all
    select line.series_id, line.word, line.year, line.place, m.serial, 'marked', 'desk', null, m.state, null
    from number_mark m
    semi join due_word on due_word.word = m.word
    join series_line line on line.word = m.word and line.year is not distinct from m.year
),

final as (
    select
        told.series_id,
        told.serial,
        coalesce(
            max(told.said) filter (where told.how = 'marked'),
            max(told.said),
            case when bool_or(told.how = 'listed') then 'not-crawled' else 'seen-cited' end
        ) as state,
        list(distinct told.document_id order by told.document_id) filter (where told.how = 'cited') as cited_by,
        min(told.url) as listed_at,
        coalesce(
            max(told.document_id) filter (where told.how = 'marked' and told.said is not null),
            min(told.document_id) filter (where told.said is not null)
        ) as said_by,
        min(told.day) as known_day
    from told
    join series_line line on line.series_id = told.series_id
    anti join held_number held
        on held.word = told.word and held.year is not distinct from told.year and held.place = told.place
        and held.serial = told.serial
    where told.serial > 0 and told.serial <= greatest(coalesce(line.highest_held, 0) * 3, line.highest_held + 200)
    group by told.series_id, told.serial
)

select series_id, serial, state, cited_by, listed_at, said_by, known_day from final;

-- Every known number of a series in order, held or told of; what lies between two of them is missing.
create or replace temp table series_point as
with point as (
    select line.series_id, held.serial, held.day as held_day, true as is_held, null::date as known_day
    from held_in_line held
    join series_line line
        on line.word = held.word and line.year is not distinct from held.year and line.place = held.place
    where not held.is_outlier
    union all
    select series_id, serial, null, false, known_day from told_number
)

select
    *,
    coalesce(lag(serial) over in_order, 0) as before,
    last_value(case when is_held then serial end ignore nulls) over so_far as held_before,
    last_value(held_day ignore nulls) over so_far as day_before,
    first_value(case when is_held then serial end ignore nulls) over from_here as held_after,
    first_value(held_day ignore nulls) over from_here as day_after
from point
window
    in_order as (partition by series_id order by serial),
    so_far as (partition by series_id order by serial rows between unbounded preceding and 1 preceding),
    from_here as (partition by series_id order by serial rows between current row and unbounded following);

create or replace temp table gap_made as
with told as (
    select
        point.series_id, point.serial as first_serial, point.serial as last_serial, told.state, point.held_before,
        point.day_before, point.held_after, coalesce(point.day_after, point.known_day) as day_after, told.cited_by,
        told.listed_at, told.said_by
    from series_point point
    join told_number told on told.series_id = point.series_id and told.serial = point.serial
),

-- The numbers before the first that is known, where it is no higher than 200 or three are held.
unknown as (
    select
        point.series_id, point.before + 1 as first_serial, point.serial - 1 as last_serial, 'unknown' as state,
        point.held_before, point.day_before, point.held_after, coalesce(point.day_after, point.known_day) as day_after,
        null as cited_by, null as listed_at, null as said_by
    from series_point point
    join series_line line on line.series_id = point.series_id
    where point.serial > point.before + 1 and (point.before > 0 or point.serial <= 200 or line.held >= 3)
)

select
    series_id,
    first_serial,
    last_serial,
    last_serial - first_serial + 1 as missing,
    case when held_before is null then 'before' when held_after is null then 'after' else 'inside' end as place_in_series,
    state,
    held_before as before_serial,
    case when day_before is not null then least(day_before, day_after) end as before_day,
    held_after as after_serial,
    case when day_after is not null then greatest(day_before, day_after) end as after_day,
    coalesce(cited_by, []) as cited_by,
    listed_at,
    said_by
from (from told union all from unknown);

create or replace temp table series_new_rows as
with office as (
    select
        m.word, m.year, case when shared_word.word is not null then m.place else '' end as place,
        mode(m.department_code order by m.department_code) as department_code
    from series_member m
    semi join due_word using (word)
    left join shared_word on shared_word.word = m.word
    group by all
),

counted as (
    select
        m.word, m.year, case when shared_word.word is not null then m.place else '' end as place, m.source_id,
        count(distinct m.serial)::integer as held
    from series_member m
    semi join due_word using (word)
    left join shared_word on shared_word.word = m.word
    group by all
),

by_source as (
    select
        word, year, place, list(source_id order by held desc, source_id) as sources,
        list(held order by held desc, source_id) as source_counts
    from counted group by all
),

lost as (select series_id, sum(missing)::integer as missing, max(last_serial) as last_missing from gap_made group by all),

final as (
    select
        line.series_id, line.word, line.year, line.place, office.department_code, line.held, line.copies, line.lowest,
        greatest(line.highest_held, coalesce(lost.last_missing, 0)) as highest,
        line.first_day, line.last_day, coalesce(lost.missing, 0) as missing,
        round(line.held / greatest(highest, 1), 4) as coverage,
        round(line.held / greatest(highest - line.lowest + 1, 1), 4) as coverage_since_first,
        line.outliers,
        list_filter(
            [
                case when line.copies > 0 then 'copies' end,
                case when line.is_joint then 'joint' end,
                case when len(line.outliers) > 0 then 'outlier' end,
                case when line.held >= 3 and coverage_since_first < 0.5 then 'in-part' end,
                case when line.place <> '' then 'shared-word' end,
                case when line.year is null then 'running' end,
                case when line.lowest > 200 and line.held < 3 then 'starts-late' end
            ],
            lambda mark: mark is not null
        ) as marks,
        by_source.sources, by_source.source_counts
    from series_line line
    left join lost on lost.series_id = line.series_id
    join office on office.word = line.word and office.year is not distinct from line.year and office.place = line.place
    join by_source
        on by_source.word = line.word and by_source.year is not distinct from line.year
        and by_source.place = line.place
)

from final;

create or replace temp table series_changed as
select series_id from series semi join due_word using (word)
union
select series_id from series_new_rows;

delete from series_gap where series_id in (select series_id from series_changed);
delete from series where series_id in (select series_id from series_changed);
insert into series by name from series_new_rows;
insert into series_gap by name from gap_made;
delete from series_due;
