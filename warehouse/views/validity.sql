-- Whether a document is in force, only as far as somebody says so; a wrong "repealed" is the worst error.
create or replace temp table judged as
-- What is only proposed ends nothing and is not in force: drafts out for comment, bills, consultations.
with proposed as (
    select d.document_id
    from pub.document d
    where regexp_matches(d.title, '征求意见|意见征集|公开征集|征集意见|送审稿|草案|讨论稿|拟(废止|修改|取消)|（草稿）')
        or regexp_matches(lower(d.title), '^proposed|^draft|\bdraft\b|\bbill\b|consultation')
        or regexp_matches(lower(coalesce(d.doc_type, '')), '\bbill\b|introduction|consultation|^resolution$')
        or regexp_matches(coalesce(d.doc_number, ''), '^(H\.? ?R|S|A|Int|Intro|Res)[. ]*(No\.?)? ?[0-9]')
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
    join reading on reading.reading_id = d.reading_id
),

-- A sentence that says of one target that it ends: the target is certain, older (a namesake by half a year, lest it
-- be a copy), not above the citing organ, the citing document is no draft and has taken effect, and the sentence means
-- the whole paper, without a condition. 宣布失效 makes it lapsed, 废止 repealed; a list says so in its document's title.
spoken as (
    select
        resolved.target as document_id,
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
        and citing.document_id not in (select document_id from proposed)
        and coalesce(citing.effective, citing.published, publishing.today) <= publishing.today
        and not (citation.kind = 'repeals' and ends_later(citation.sentence, publishing.today))
        and (
            resolved.how = 'number'
            or target.published < citing.published - case when target.title = citing.title then 180 else 0 end
        )
        and coalesce(level_rank(citing.level) <= level_rank(target.level), true)
        -- A law named in passing without 《》 (依据保险法) is never what a sentence ends.
        and (
            resolved.how = 'number' or citation.target_number is not null or citing.language <> 'zh'
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
            or resolved.how = 'number'
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
        arg_max(fact.sentence, try_cast(fact.value as date)) as sentence
    from pub.fact fact
    where fact.kind = 'expiry'
        and try_cast(fact.value as date) is not null
        and fact.document_id not in (select document_id from proposed)
    group by fact.document_id
),

-- A later paper that lengthens the term of one: to a day, or by a time that is not reckoned (then no end is known).
extended as (
    select
        resolved.target as document_id,
        max(try_strptime(
            regexp_replace(regexp_extract(
                plain_digits(citation.sentence),
                '(?:延长|延续|顺延|延期|继续有效|继续执行|继续实施|继续施行)[^。；《]{0,6}[至到]\s*(20[0-9]{2}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2})\s*日', 1
            ), '\s', '', 'g'), '%Y年%m月%d'
        )::date) as until,
        arg_max(citation.sentence, citing.published) as sentence,
        arg_max(citation.document_id, citing.published) as by_document
    from resolved
    join pub.citation citation
        on citation.document_id = resolved.document_id
        and citation.fact_id = resolved.fact_id
        and citation.start_at = resolved.start_at
    join pub.document citing on citing.document_id = resolved.document_id
    where citation.kind <> 'repeals'
        and resolved.is_certain
        and resolved.is_older
        and citing.status = 'active'
        and citing.document_id not in (select document_id from proposed)
        and regexp_matches(
            citation.sentence,
            '(有效期|执行期|实施期|施行期|试行期)[^。；]{0,14}(延长|延续|顺延|延期)|延长[^。；]{0,80}(有效期|执行期|实施期|试行期)|(继续有效|继续执行|继续实施|继续施行)[^。；《]{0,4}[至到]'
        )
    group by resolved.target
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

final as (
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
        case
            when verdict = 'unknown' then null
            when verdict = printed.validity then printed.words
            when verdict = spoken.validity then spoken.sentence
            else ending.sentence
        end as basis,
        case
            when verdict = spoken.validity then spoken.by_document
            when verdict in ('in-force', 'expired') and printed.validity is distinct from verdict then ending.by_document
        end as by_document
    from pub.document d
    join publishing on true
    left join printed on printed.document_id = d.document_id
    left join spoken on spoken.document_id = d.document_id and spoken.place = 1
    left join ending on ending.document_id = d.document_id
)

select * from final where verdict <> 'unknown';

update pub.document
set validity = judged.verdict, validity_basis = judged.basis, validity_by = judged.by_document
from judged
where document.document_id = judged.document_id;
