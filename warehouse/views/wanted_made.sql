-- One part of the queue's rows that changed, made anew: how often, by whom, since when, and who may have issued it.
insert into wanted by name
with asked as (
    select
        ask.wanted_id, c.target_number, c.target_title, c.kind, c.sentence, citing.document_id, citing.title,
        citing.published, coalesce(citing.duplicate_group, citing.document_id) as work
    from wanted_ask ask
    semi join (from wanted_due where part = $1) due on due.wanted_id = ask.wanted_id
    join pub.citation c
        on c.document_id = ask.document_id and c.fact_id = ask.fact_id and c.start_at = ask.start_at
    join pub.document citing on citing.document_id = ask.document_id
),

kind_count as (
    select wanted_id, list(kind order by n desc, kind) as kinds
    from (select wanted_id, kind, count(distinct work) as n from asked group by all)
    group by wanted_id
),

example as (
    select wanted_id, document_id, title, published, kind, sentence,
        row_number() over (partition by wanted_id order by published desc nulls last, document_id) as place
    from asked
    qualify row_number() over (partition by wanted_id, work order by document_id, sentence) = 1
),

shown as (
    select
        wanted_id,
        to_json(list(
            struct_pack(
                document_id := document_id, title := title, published := published, kind := kind,
                sentence := left(sentence, 300)
            )
            order by place
        )) as examples
    from example where place <= 3
    group by wanted_id
),

counted as (
    select
        wanted_id,
        mode(target_number order by target_number) as target_number,
        mode(target_title order by target_title) as target_title,
        list_sort(list_distinct(list(coalesce(target_number, '') || case when target_number is null or target_title is null
            then '' else ' ' end || coalesce(target_title, ''))))[1:8] as spellings,
        count(distinct work)::integer as cited_by,
        min(published) as first_cited,
        max(published) as last_cited
    from asked
    group by wanted_id
),

office as (
    select word, mode(department_code order by department_code) as department_code from series where department_code is not null group by word
),

prefixed as (
    select wanted_id, arg_max(body.code, length(body.name_zh)) as code
    from (
        select wanted_id, replace(target_title, '中华人民共和国', '') as plain_title, unnest(range(3, 26)) as size
        from counted
    ) title
    join body on body.name_zh = left(title.plain_title, title.size) and length(title.plain_title) > title.size + 3
    group by wanted_id
),

final as (
    select
        counted.*,
        kind_count.kinds,
        shown.examples,
        coalesce(office.department_code, prefixed.code) as department_code,
        case
            when office.department_code is not null then 'number' when prefixed.code is not null then 'title'
        end as issuer_basis
    from counted
    join kind_count using (wanted_id)
    join shown using (wanted_id)
    left join office on office.word = parts_word(number_parts(counted.target_number))
    left join prefixed using (wanted_id)
),

site as (
    select department_code, min_by(source_id, (not enabled, source_id)) as source_id
    from source where department_code is not null
    group by department_code
)

select
    final.*, body.name_zh as department_name, site.source_id
from final
left join body on body.code = final.department_code
left join site on site.department_code = final.department_code;
