-- Whether a document is in force, only as far as somebody says so; a wrong "repealed" is the worst error. Judged are
-- the documents that moved, what is said to end, change or prolong by a citation that is looked at anew, and those
-- for which a day has come.
create or replace temp view spoken_of as
select document_id, fact_id, start_at, target, how, is_older, is_certain
from (from asked_target anti join asking_anew using (document_id))
where speaks and target is not null
union all
select resolved.document_id, resolved.fact_id, resolved.start_at, resolved.target, resolved.how, resolved.is_older,
    resolved.is_certain
from resolved
join asked_anew asked
    on asked.document_id = resolved.document_id
    and asked.fact_id = resolved.fact_id
    and asked.start_at = resolved.start_at
where asked.speaks;

create or replace temp table judging as
with named as (
    select document_id from touched
    union
    select target from asked_target semi join asking_anew using (document_id) where speaks
    union
    select spoken_of.target from spoken_of semi join asking_anew using (document_id)
    union
    select document_id from validity_turn where day <= (select today from publishing)
)

select d.document_id from pub.document d semi join named using (document_id);

create or replace temp table speaking as
select spoken_of.* from spoken_of semi join judging on judging.document_id = spoken_of.target;

create or replace temp table said_of as
select
    speaking.target,
    speaking.how,
    speaking.is_older,
    speaking.is_certain,
    c.document_id,
    c.fact_id,
    c.start_at,
    c.kind,
    c.sentence,
    c.target_number
from speaking
join pub.citation c
    on c.document_id = speaking.document_id
    and c.fact_id = speaking.fact_id
    and c.start_at = speaking.start_at;

create or replace temp table judged as
-- What is only proposed ends nothing and is not in force: drafts out for comment, bills, consultations.
with proposed as (
    select d.document_id
    from pub.document d
    semi join (select document_id from judging union select document_id from said_of) looked using (document_id)
    where (
        regexp_matches(d.title, '征求意见|意见征集|公开征集|征集意见|送审稿|草案|讨论稿|拟(废止|修改|取消)|（草稿）')
        or regexp_matches(lower(d.title), '^proposed|^draft|\bdraft\b|\bbill\b|consultation')
        or regexp_matches(lower(coalesce(d.doc_type, '')), '\bbill\b|introduction|consultation|^resolution$')
        or regexp_matches(coalesce(d.doc_number, ''), '^(H\.? ?R|S|A|Int|Intro|Res)[. ]*(No\.?)? ?[0-9]')
    )
),

printed as (
    select
        d.document_id,
        lower(reading.validity) as said,
        reading.validity as words,
        case
            when regexp_matches(said, '^(部分|已?部分)|有效期|未生效|尚未|拟|not in force|not yet|partly|in part') then null
            when regexp_matches(said, '(未|不予|没有)(被)?(废止|失效)|继续有效|仍然?有效') then 'in-force'
            when regexp_matches(said, '废止|废除|repealed|revoked|superseded') then 'repealed'
            when regexp_matches(said, '失效|过期|无效|expired|lapsed|spent|withdrawn') then 'expired'
            when regexp_matches(said, '修改|修订|修正|amended') then 'amended'
            when regexp_matches(said, '有效|生效|in force|current') then 'in-force'
        end as validity
    from pub.document d
    semi join judging on judging.document_id = d.document_id
    join reading on reading.reading_id = d.reading_id
),

-- A sentence that says of one target that it ends: the target is certain, older (a namesake by half a year, lest it
-- be a copy), not above the citing organ, the citing document is no draft and has taken effect, and the sentence means
-- the whole paper, without a condition. 宣布失效 makes it lapsed, 废止 repealed; a list says so in its document's title.
spoken as (
    select
        citation.target as document_id,
        case
            when citation.kind = 'amends' then 'amended'
            when regexp_matches(citation.sentence, '宣布(《[^》]*》[^，。《]{0,40})?失效|^[^《]{0,40}失效的[^《]{0,12}：')
                and not regexp_matches(citation.sentence, '废止|撤销') then 'expired'
            when regexp_matches(citation.sentence, '废止|撤销|停止执行|停止施行|不再执行|不再施行|终止执行|repeal|revok|supersed') then 'repealed'
            when regexp_matches(citation.sentence, '失效') then 'expired'
            when regexp_matches(citing.title, '失效') and not regexp_matches(citing.title, '废止') then 'expired'
            else 'repealed'
        end as validity,
        citation.sentence,
        citation.document_id as by_document,
        citation.how,
        row_number() over (
            partition by citation.target
            order by
                citation.kind = 'repeals' desc, citing.published desc nulls last, citation.document_id, citation.start_at,
                citation.fact_id
        ) as place
    from said_of citation
    join pub.document citing on citing.document_id = citation.document_id
    join pub.document target on target.document_id = citation.target
    join publishing on true
    where citation.kind in ('repeals', 'amends')
        and citation.is_certain
        and citation.is_older
        and citing.status = 'active'
        and citing.document_id not in (select document_id from proposed)
        and coalesce(citing.effective, citing.published, publishing.today) <= publishing.today
        and not (citation.kind = 'repeals' and ends_later(citation.sentence, publishing.today))
        and (
            citation.how = 'number'
            or target.published < citing.published - case when target.title = citing.title then 180 else 0 end
        )
        and coalesce(level_rank(citing.level) <= level_rank(target.level), true)
        -- A law named in passing without 《》 (依据保险法) is never what a sentence ends.
        and (
            citation.how = 'number' or citation.target_number is not null or citing.language <> 'zh'
            or contains(citation.sentence, '《')
        )
        -- A decision amends, a report that speaks of revising does not; the amended text, held with the day of the
        -- decision, is not meant.
        and (citation.kind = 'repeals' or not regexp_matches(citing.title, '建议|提案|答复|报告|复函'))
        and (
            citation.kind = 'repeals'
            or citing.language <> 'zh'
            or (regexp_matches(citing.title, '修改|修订|修正|补充规定') and regexp_matches(citation.sentence, '修改|修订|修正'))
            or regexp_matches(citation.sentence, '修改为|修订为|删去|作出?(如下|以下)[^。；]{0,8}(修改|修订)')
        )
        and (
            citation.kind = 'repeals'
            or citation.how = 'number'
            or target.published < least(citing.published, coalesce(citing.written, citing.published)) - 60
        )
        and not regexp_matches(
            citation.sentence, '拟(予以)?(废止|修改|修订)|建议(废止|修改|修订)|研究(废止|修改|修订)|适时(废止|修改|修订)|推动.{0,12}(废止|修改|修订)|加快.{0,12}(废止|修改|修订)|不予废止|继续有效|未废止'
        )
        and not (
            citation.kind = 'repeals'
            and regexp_matches(
                citation.sentence,
                '第[一二三四五六七八九十百零〇0-9、和至]+[条款项][^，。；]{0,12}(废止|失效)|部分(条款|内容|规定)|(有关|相关)(规定|条款|内容)|不一致|相抵触|相冲突|废止前|失效前|废止后|失效后|除.{0,20}外'
            )
        )
),

dated as (
    select
        fact.document_id,
        max(try_cast(fact.value as date)) as ends,
        arg_max(fact.sentence, {'day': try_cast(fact.value as date), 'sentence': fact.sentence}) as sentence
    from pub.fact fact
    semi join judging on judging.document_id = fact.document_id
    where fact.kind = 'expiry'
        and try_cast(fact.value as date) is not null
        and fact.document_id not in (select document_id from proposed)
    group by fact.document_id
),

-- A later paper that lengthens the term of one: to a day, or by a time that is not reckoned (then no end is known).
extended as (
    select
        citation.target as document_id,
        max(extended_until(citation.sentence)) as until,
        arg_max(
            citation.sentence, {'day': citing.published, 'by': citation.document_id, 'sentence': citation.sentence}
        ) filter (where citing.published is not null) as sentence,
        arg_max(citation.document_id, {'day': citing.published, 'by': citation.document_id})
            filter (where citing.published is not null) as by_document
    from said_of citation
    join pub.document citing on citing.document_id = citation.document_id
    where citation.kind <> 'repeals'
        and citation.is_certain
        and citation.is_older
        and citing.status = 'active'
        and citing.document_id not in (select document_id from proposed)
        and prolongs(citation.sentence)
    group by citation.target
),

ending as (
    select
        dated.document_id,
        case
            when extended.document_id is null then dated.ends
            when extended.until is not null then greatest(dated.ends, extended.until)
        end as ends,
        case when extended.until > dated.ends then extended.sentence else dated.sentence end as sentence,
        case when extended.until > dated.ends then extended.by_document end as by_document
    from dated
    left join extended on extended.document_id = dated.document_id
),

decided as (
    select
        d.document_id,
        case
            when printed.validity = 'expired' and spoken.validity = 'repealed' and spoken.how = 'number' then 'repealed'
            when printed.validity in ('repealed', 'expired') then printed.validity
            when spoken.validity in ('repealed', 'expired') and (spoken.how = 'number' or printed.validity is null)
                then spoken.validity
            when spoken.validity in ('repealed', 'expired') then 'unknown'
            when ending.ends < publishing.today then 'expired'
            when spoken.validity = 'amended' and spoken.how = 'number' then 'amended'
            when printed.validity is not null then printed.validity
            when spoken.validity = 'amended' then 'amended'
            when ending.ends >= publishing.today and d.effective <= publishing.today then 'in-force'
            else 'unknown'
        end as verdict,
        printed.validity as printed,
        printed.words,
        spoken.validity as spoken,
        spoken.sentence,
        spoken.by_document,
        ending.sentence as ending,
        ending.by_document as ended_by
    from pub.document d
    semi join judging on judging.document_id = d.document_id
    join publishing on true
    left join printed on printed.document_id = d.document_id
    left join spoken on spoken.document_id = d.document_id and spoken.place = 1
    left join ending on ending.document_id = d.document_id
),

final as (
    select
        document_id,
        verdict,
        case when verdict = printed then words when verdict = spoken then sentence else ending end as basis,
        case
            when verdict = spoken then by_document
            when verdict in ('in-force', 'expired') and printed is distinct from verdict then ended_by
        end as by_document
    from decided
    where verdict <> 'unknown'
)

from final;

-- The days to come on which this may be otherwise.
create or replace temp table turn_now as
with days as (
    select fact.document_id, try_cast(fact.value as date) + 1 as day
    from pub.fact fact semi join judging on judging.document_id = fact.document_id
    where fact.kind = 'expiry'
    union all
    select d.document_id, d.effective
    from pub.document d semi join judging on judging.document_id = d.document_id
    union all
    select said.target, unnest([
        coalesce(citing.effective, citing.published),
        ends_on(said.sentence),
        extended_until(said.sentence) + 1
    ])
    from said_of said
    join pub.document citing on citing.document_id = said.document_id
)

select distinct document_id, day from days where day > (select today from publishing);

create or replace temp table validity_changed as
select
    d.document_id,
    d.validity as old_validity,
    d.validity_basis as old_basis,
    d.validity_by as old_by,
    coalesce(judged.verdict, 'unknown') as validity,
    judged.basis as validity_basis,
    judged.by_document as validity_by
from pub.document d
semi join judging on judging.document_id = d.document_id
left join judged on judged.document_id = d.document_id
where coalesce(judged.verdict, 'unknown') <> d.validity
    or judged.basis is distinct from d.validity_basis
    or judged.by_document is distinct from d.validity_by;

update pub.document
set
    validity = validity_changed.validity,
    validity_basis = validity_changed.validity_basis,
    validity_by = validity_changed.validity_by
from validity_changed
where document.document_id = validity_changed.document_id;
