-- Whether a document is in force, only as far as somebody says so; a wrong "repealed" is the worst error.
create or replace temp table judged as
with printed as (
    select
        d.document_id,
        reading.validity as words,
        case
            when regexp_matches(words, '^(部分|已?部分)') then null
            when regexp_matches(words, '废止|废除|repealed|revoked') then 'repealed'
            when regexp_matches(words, '失效|过期|expired|lapsed') then 'expired'
            when regexp_matches(words, '修改|修订|修正|amended') then 'amended'
            when regexp_matches(words, '未生效|尚未|not in force|not yet') then null
            when regexp_matches(words, '有效|生效|in force|current') then 'in-force'
        end as validity
    from pub.document d
    join reading on reading.reading_id = d.reading_id
),

-- A sentence that says of one target that it ends: the target is certain, older (a namesake by half a year, lest it
-- be a copy), not above the citing organ, the citing document has taken effect, and no single article is meant.
spoken as (
    select
        resolved.target as document_id,
        case citation.kind when 'repeals' then 'repealed' else 'amended' end as validity,
        citation.sentence,
        citation.document_id as by_document,
        resolved.how,
        row_number() over (
            partition by resolved.target
            order by citation.kind = 'repeals' desc, citing.published desc nulls last, citation.document_id
        ) as place
    from resolved
    join pub.citation citation
        on citation.document_id = resolved.document_id
        and citation.fact_id = resolved.fact_id
        and citation.start_at = resolved.start_at
    join pub.document citing on citing.document_id = resolved.document_id
    join pub.document target on target.document_id = resolved.target
    join publishing on true
    where citation.kind in ('repeals', 'amends')
        and resolved.is_certain
        and resolved.is_older
        and citing.status = 'active'
        and coalesce(citing.effective, citing.published, publishing.today) <= publishing.today
        and (
            resolved.how = 'number'
            or target.published < citing.published - case when target.title = citing.title then 180 else 0 end
        )
        and coalesce(level_rank(citing.level) <= level_rank(target.level), true)
        and not (
            citation.kind = 'repeals'
            and regexp_matches(
                citation.sentence,
                '第[一二三四五六七八九十百零〇0-9、和至]+[条款项][^，。；]{0,12}(废止|失效)|部分条款|部分内容|有关(规定|条款|内容)|不一致'
            )
        )
),

dated as (
    select
        fact.document_id,
        max(try_cast(fact.value as date)) as ends,
        arg_max(fact.sentence, try_cast(fact.value as date)) as sentence
    from pub.fact fact
    where fact.kind = 'expiry' and try_cast(fact.value as date) is not null
    group by fact.document_id
),

final as (
    select
        d.document_id,
        case
            when printed.validity = 'expired' and spoken.validity = 'repealed' and spoken.how = 'number' then 'repealed'
            when printed.validity in ('repealed', 'expired') then printed.validity
            when spoken.validity = 'repealed' and (spoken.how = 'number' or printed.validity is null) then 'repealed'
            when spoken.validity = 'repealed' then 'unknown'
            when dated.ends < publishing.today then 'expired'
            when spoken.validity = 'amended' and spoken.how = 'number' then 'amended'
            when printed.validity is not null then printed.validity
            when spoken.validity = 'amended' then 'amended'
            when dated.ends >= publishing.today and d.effective <= publishing.today then 'in-force'
            else 'unknown'
        end as verdict,
        case
            when verdict = 'unknown' then null
            when verdict = printed.validity then printed.words
            when verdict = spoken.validity then spoken.sentence
            else dated.sentence
        end as basis,
        case when verdict = spoken.validity then spoken.by_document end as by_document
    from pub.document d
    join publishing on true
    left join printed on printed.document_id = d.document_id
    left join spoken on spoken.document_id = d.document_id and spoken.place = 1
    left join dated on dated.document_id = d.document_id
)

select * from final where verdict <> 'unknown';

update pub.document
set validity = judged.verdict, validity_basis = judged.basis, validity_by = judged.by_document
from judged
where document.document_id = judged.document_id;
