-- Which document seems to follow which at a level above it: by a citation, or where there is none by the same subject
-- in the title. A department also follows the government of its own place. Days and levels must fit; how sure it is
-- depends on relation, target, delay and topic. A document named by its number among the first paragraphs, in no
-- relation that the words tell (对照…下达的任务), and the same subject alone make candidates, no more.
-- A law, regulation or rule is followed by what is made by it on its own subject, however late, and not by all that name
-- it (guideline of the marks, rules 2 to 4): see `fitted`.

-- Pairs of neighbouring characters that tell a subject: none of those that stand in titles of every matter.
create or replace temp macro telling_pairs(title) as list_filter(
    list_transform(range(1, length(title)), lambda i: substr(title, i, 2)),
    lambda pair: regexp_full_match(pair, '\p{Han}+') and not regexp_matches(
        pair,
        '管理|保护|防治|防控|促进|安全|规定|实施|办法|建设|城市|城乡|环境|工作|服务|监督|发展|条例|通知|关于|意见|若干'
        || '|规划|国家|人民|公共|社会|生态|经济|推进|加强|保障|利用|规范|行政|中华|华人|民共|共和|和国|民代|代表|表大|大会|文化|资源|设施|工程|进步|省|市|县'
    )
);

create or replace temp table cascade_link as
with class as (
    select l.document_id, list(distinct coalesce(c.parent, c.code, split_part(l.code, '-', 1))) as topics
    from pub.label l
    left join topic_class c on c.scheme = l.scheme and c.code = l.code
    where l.field = 'topic' and l.given
    group by l.document_id
),

paper as (
    select
        d.document_id,
        d.jurisdiction,
        level_rank(d.level) as height,
        regexp_matches(coalesce(d.department_name, d.issuer, ''), '(人民政府|国务院)(办公[厅室])?$') as governs,
        coalesce(d.published, d.written) as day,
        class.topics,
        reading.title_key,
        regexp_replace(d.title, '（[^（）]*）|\([^()]*\)', '', 'g') as plain_title,
        regexp_extract(reading.title_key, '关于(.+)$', 1) as subject
    from pub.document d
    join reading on reading.reading_id = d.reading_id
    left join class on class.document_id = d.document_id
    where d.status = 'active'
        and d.reprint_of is null
        and d.unit = 'document'
        and level_rank(d.level) between 1 and 4
        and coalesce(d.published, d.written) is not null
),

-- 关于加快发展养老服务的实施意见 and 关于发展养老服务的意见 speak of one subject.
about as (
    select
        *,
        regexp_replace(
            regexp_replace(
                subject,
                '(的)?(若干|实施|指导|工作|具体|行动|试行)*(意见|方案|计划|细则|办法|规划|决定|措施|通知|规定)+(试行)?$',
                ''
            ),
            '^(认真|全面|深入|切实|进一步|扎实|贯彻|落实|实施|推进|加快|加强|印发|转发|做好)+',
            ''
        ) as core,
        regexp_matches(plain_title, '(法|法典|条例|规定|办法|细则)$') as statute,
        -- 山东省实施《中华人民共和国水法》办法 is about 水.
        regexp_replace(
            regexp_replace(plain_title, '^.{2,6}?(省|市|自治区|自治州|县|特区)(实施|施行)?|中华人民共和国|[《》〈〉]', '', 'g'),
            '((实施|施行|管理)?(法|法典|条例|规定|办法|细则))+$',
            ''
        ) as ruled,
        -- Named for a power, a procedure or a penalty by papers of every matter.
        regexp_matches(
            plain_title,
            '(宪法|立法法|组织法|监督法|代表法|行政[处许强复诉].法|诉讼法|处罚法|国家赔偿法|民法典|刑法|区域自治法|环境保护法'
            || '|城乡规划法|土地管理法|标准化法|产品质量法|劳动法|政府采购法|预算法)$'
        ) as general
    from paper
),

-- Where the lower text names it: where it says what it is made by, after how many others, or alone.
place as (
    select
        c.document_id as child,
        coalesce(target.reprint_of, target.document_id) as parent,
        c.kind as relation,
        bool_or(c.paragraph <= 6 or regexp_matches(c.sentence, '制定本')) as opening,
        min(
            len(regexp_extract_all(split_part(c.sentence, coalesce(c.target_title, c.target_number), 1), '《'))
        ) filter (where c.paragraph <= 6 or regexp_matches(c.sentence, '制定本')) as nth,
        bool_or(
            (c.paragraph <= 6 or regexp_matches(c.sentence, '制定本'))
            and len(regexp_extract_all(c.sentence, '《')) <= 1
            and not regexp_matches(c.sentence, '》[^。]{0,6}等|和有关|及有关')
        ) as alone
    from pub.citation c
    join pub.document target on target.document_id = c.target_document_id
    where c.kind in ('implements', 'basis')
    group by all
),

-- How the subject of a law fits what names it: its whole subject or a telling part stands in the lower title, or
-- it is what the lower one is made by alone, or is named first and both are of one topic.
fitted as (
    select
        edge.target_document_id as parent,
        edge.document_id as child,
        edge.kind as relation,
        length(above.ruled) >= 2 and contains(below.plain_title, above.ruled) as whole,
        whole or (
            not above.general and length(above.ruled) >= 2
            and list_has_any(telling_pairs(above.ruled), telling_pairs(below.plain_title))
        ) as shared,
        case
            when not place.opening then whole
            when shared then true
            when above.general then false
            when place.alone then true
            else coalesce(length(above.ruled) >= 2 and place.nth = 1 and list_has_any(above.topics, below.topics), false)
        end as fits
    from network_edge edge
    join about above on above.document_id = edge.target_document_id
    join about below on below.document_id = edge.document_id
    join place
        on place.parent = edge.target_document_id and place.child = edge.document_id and place.relation = edge.kind
    where edge.kind in ('implements', 'basis') and above.statute
),

-- Named by number where a text says why it was written.
named_first as (
    select distinct c.document_id as child, coalesce(target.reprint_of, target.document_id) as parent
    from pub.citation c
    join pub.document target on target.document_id = c.target_document_id
    where c.kind = 'mentions' and c.target_number is not null and c.paragraph <= 6
),

cited as (
    select
        edge.target_document_id as parent,
        edge.document_id as child,
        edge.kind as relation,
        case edge.kind when 'forwards' then 0.95 when 'implements' then 0.9 when 'prints' then 0.8 else 0.65 end
            * edge.certainty
            * if(length(above.subject) >= 8 and contains(below.title_key, above.subject), 1.05, 1.0)
            * if(coalesce(fitted.shared, false), 1.15, 1.0) as base,
        -- Rules are made by a law as long as it is in force; a plan or a notice answers what is new, or says what it implements.
        if(coalesce(fitted.shared, false) and (below.statute or edge.kind = 'implements'), 36500, 1095) as longest
    from network_edge edge
    join about above on above.document_id = edge.target_document_id
    join about below on below.document_id = edge.document_id
    left join fitted
        on fitted.parent = edge.target_document_id and fitted.child = edge.document_id and fitted.relation = edge.kind
    where edge.kind in ('forwards', 'implements', 'prints', 'basis') and not edge.later and coalesce(fitted.fits, true)
    union all
    select edge.target_document_id, edge.document_id, 'mentions', 0.45, 730
    from network_edge edge
    semi join named_first first on first.child = edge.document_id and first.parent = edge.target_document_id
    join about above on above.document_id = edge.target_document_id
    where edge.kind = 'mentions' and not edge.later
        and not regexp_matches(above.title_key, '(通报|报告|答复|审计.{0,20}公告)$')  -- findings are answered, not followed
),

alike as (
    select above.document_id as parent, below.document_id as child, 'title' as relation, 0.5 as base, 730 as longest
    from about above
    join about below on below.core = above.core and below.height > above.height
    anti join cited
        on cited.parent = above.document_id and cited.child = below.document_id and cited.relation <> 'mentions'
    where length(above.core) >= 5 and list_has_any(above.topics, below.topics)
),

fitting as (
    select
        link.parent,
        link.child,
        link.relation,
        above.day as parent_day,
        below.day as child_day,
        date_diff('day', above.day, below.day) as lag,
        least(
            0.99,
            link.base
                * case when lag <= 365 then 1.0 when lag <= 730 then 0.85 else 0.7 end
                * case
                    when list_has_any(above.topics, below.topics) then 1.0
                    when above.topics is null or below.topics is null then 0.9
                    else 0.75
                end
        ) as confidence
    from (select * from cited union all select * from alike) link
    join about above on above.document_id = link.parent
    join about below on below.document_id = link.child
    where (
            above.height < below.height
            or (
                above.height = below.height and above.jurisdiction = below.jurisdiction
                and above.governs and not below.governs and link.relation in ('forwards', 'implements')
            )
        )
        -- one title that names its issuer, on two levels, is one paper printed twice
        and not (above.title_key = below.title_key and regexp_matches(above.title_key, '^.{2,40}关于'))
        -- a reply, a draft that asks for opinions and a report of what was found wrong follow nothing
        and not regexp_matches(below.title_key, '(答复|建议|提案).{0,6}函$|[复答]函$|征求.*意见|通报$')
        and lag between 0 and link.longest
        and related_jurisdictions(above.jurisdiction, below.jurisdiction)
),

final as (
    select parent, child, relation, parent_day, child_day, round(confidence, 4)::double as confidence
    from fitting
    qualify row_number() over (partition by parent, child order by confidence desc, relation) = 1
)

select * from final where confidence >= 0.3;
