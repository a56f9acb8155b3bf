-- Pairs of documents on two levels whose texts share keys of near-copies (bands of a MinHash signature, or one of the
-- longest sentences) though no citation and no title ties them. $1: a key that more texts share is a form's; $2: so
-- many lower documents are looked at, the newest; $3: days that may lie between; $4: pairs, those with most shared keys first.
create or replace temp table clause_candidate as
with paper as (
    select
        d.document_id, d.reading_id, d.jurisdiction, d.duplicate_group, level_rank(d.level) as height,
        coalesce(d.published, d.written) as day,
        near_state.text_no
    from pub.document d
    join near_state on near_state.document_id = d.document_id
    where d.status = 'active' and d.reprint_of is null and d.unit = 'document'
        and level_rank(d.level) between 1 and 4
        and coalesce(d.published, d.written) is not null
),

-- What is known to follow something needs no candidate.
below as (
    select *
    from paper
    anti join cascade_link known on known.child = paper.document_id and known.relation <> 'mentions'
    where height > 1
    order by day desc, document_id
    limit $2
),

wanted as (
    select distinct near_key.key
    from near_key semi join below on below.text_no = near_key.text_no
),

shared as (
    select near_key.key, near_key.text_no from near_key semi join wanted using (key)
),

telling as (
    select key from shared group by key having count(*) between 2 and $1
),

text_pair as (
    select one.text_no as below_no, other.text_no as above_no, count(*) as keys
    from shared one
    semi join telling on telling.key = one.key
    join shared other on other.key = one.key and other.text_no <> one.text_no
    semi join below on below.text_no = one.text_no
    group by all
),

final as (
    select
        above.document_id as parent,
        below.document_id as child,
        above.day as parent_day,
        below.day as child_day,
        above.reading_id as parent_reading,
        below.reading_id as child_reading,
        text_pair.keys
    from text_pair
    join below on below.text_no = text_pair.below_no
    join paper above on above.text_no = text_pair.above_no
    where above.height < below.height
        and date_diff('day', above.day, below.day) between 0 and $3
        and related_jurisdictions(above.jurisdiction, below.jurisdiction)
        -- one paper that two levels print is a copy, not a follow-up
        and (above.duplicate_group is null or above.duplicate_group is distinct from below.duplicate_group)
)

select * from final order by keys desc, parent, child limit $4;
