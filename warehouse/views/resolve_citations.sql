-- Which held document each citation means: by number, else by title; the reasons against a match come first.
create or replace temp table resolved as
with concerned as (
    select document_id from asking_anew
    union
    select target from named_pair
),

key as (
    select
        d.document_id,
        d.number_normal,
        number_family(d.number_normal) as number_key,
        reading.title_key,
        d.published,
        d.written,
        d.department_code,
        d.jurisdiction,
        coalesce(d.duplicate_group, d.document_id) as work,
        d.reprint_of is null as is_original
    from pub.document d
    semi join concerned on concerned.document_id = d.document_id
    join reading on reading.reading_id = d.reading_id
),

asking as (
    select
        c.fact_id,
        c.document_id,
        c.start_at,
        c.target_number,
        number_family(c.target_number) as number_key,
        citation.target_key,
        citing.published,
        citing.department_code,
        citing.jurisdiction,
        citing.work,
        c.kind = 'repeals' and citation.target_key = citing.title_key as ends_namesake,
        days_before_title(c.sentence, c.target_title) as days
    from pub.citation c
    semi join asking_anew on asking_anew.document_id = c.document_id
    join citation
        on citation.document_id = c.document_id
        and citation.fact_id = c.fact_id
        and citation.start_at = c.start_at
    join key citing on citing.document_id = c.document_id
),

by_number as (
    select asking.* exclude (number_key), key.document_id as target, key.work as target_work, key.is_original,
        key.published as target_published, key.department_code = asking.department_code as same_body,
        0 as tier
    from asking
    join named_pair pair
        on pair.document_id = asking.document_id
        and pair.fact_id = asking.fact_id
        and pair.start_at = asking.start_at
        and pair.tier = 0
    join key on key.document_id = pair.target and key.number_key = asking.number_key
    where key.work <> asking.work
),

-- A title is known by three keys: itself, the work that a notice prints (关于印发《…》的通知), and without its organ.
-- Pairs are found by hashes; here the words themselves are compared.
sought as (
    select
        asking.*,
        pair.target,
        pair.tier,
        case when pair.tier = 3 then without_organ(asking.target_key) else asking.target_key end as name
    from asking
    join named_pair pair
        on pair.document_id = asking.document_id
        and pair.fact_id = asking.fact_id
        and pair.start_at = asking.start_at
        and pair.tier > 0
),

-- A title alone must be long enough to mean one document (a law's may be short), must not carry another number (an
-- order or announcement may print its own in two ways), and is looked for in the citing document's own jurisdiction and
-- the ones above and below it.
by_title as (
    select sought.* exclude (name, target, tier, number_key), sought.target, named.work as target_work,
        named.is_original, named.published as target_published,
        named.department_code = sought.department_code as same_body, sought.tier
    from sought
    anti join by_number
        on by_number.document_id = sought.document_id
        and by_number.fact_id = sought.fact_id
        and by_number.start_at = sought.start_at
    join key named
        on named.document_id = sought.target
        and sought.name = case sought.tier
            when 1 then named.title_key
            when 2 then printed_work(named.title_key)
            else without_organ(named.title_key)
        end
    where named.work <> sought.work
        and (
            length(sought.target_key) >= 4
            or (regexp_matches(sought.target_key, '(法|法典)$') and not regexp_matches(sought.target_key, '[办方]法$'))
        )
        and (
            sought.target_number is null
            or named.number_normal is null
            or (
                not (contains(sought.target_number, '〔') and contains(named.number_normal, '〔'))
                and (  -- two numbers of one English series (Executive Order 1 and 2) mean two papers
                    sought.target_number = named.number_normal
                    or regexp_extract(sought.target_number, '^[A-Za-z][A-Za-z ]{2,}')
                    is distinct from regexp_extract(named.number_normal, '^[A-Za-z][A-Za-z ]{2,}')
                    or regexp_extract(sought.target_number, '^[A-Za-z][A-Za-z ]{2,}') = ''
                )
                and regexp_extract(sought.target_number, '([0-9]+)号', 1)
                = regexp_extract(named.number_normal, '([0-9]+)号', 1)
                and regexp_extract(sought.target_number || named.number_normal, '([0-9]{4})年.*([0-9]{4})年', 1)
                = regexp_extract(sought.target_number || named.number_normal, '([0-9]{4})年.*([0-9]{4})年', 2)
            )
        )
        -- The earlier act of its own title is the one of the day or the number that the sentence prints.
        and (
            not sought.ends_namesake
            or (sought.target_number is not null and named.number_normal is not null)
            or len(list_filter(
                sought.days,
                lambda day: least(abs(day - named.published), abs(day - coalesce(named.written, named.published))) <= 60
            )) > 0
        )
        and related_jurisdictions(sought.jurisdiction, named.jurisdiction)
),

candidates as (
    select *, coalesce(target_published <= published, true) as is_older from by_number
    union all
    select *, coalesce(target_published <= published, true) as is_older from by_title
),

ranked as (
    select
        *,
        row_number() over (
            partition by document_id, fact_id, start_at
            order by
                tier, is_older desc, coalesce(same_body, false) desc, is_original desc,
                target_published desc nulls last, target
        ) as place,
        count(distinct target_work) over (partition by document_id, fact_id, start_at, tier) as works,
        count(distinct target_work) filter (where is_older)
            over (partition by document_id, fact_id, start_at, tier) as older_works
    from candidates
),

-- The looser keys count only when they point to one work, or to the citing body's own. Of a family of versions only the
-- older ones can be meant: where one dated version is older than the citing document, it is certain.
final as (
    select
        fact_id,
        document_id,
        start_at,
        target,
        case tier when 0 then 'number' when 3 then 'part' else 'title' end as how,
        is_older,
        (works = 1 or (is_older and older_works = 1 and target_published is not null)) and tier < 3 as is_certain
    from ranked
    where place = 1 and (tier < 2 or works = 1 or coalesce(same_body, false))
)

select * from final;
