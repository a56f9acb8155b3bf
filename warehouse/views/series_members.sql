-- The places that affected documents, and the numbers that they cite, take in series of numbers.
create or replace temp table series_raw as
with numbered as (
    select
        d.document_id, number_parts(d.number_normal) as parts, d.number_serial, d.department_name,
        coalesce(d.region, '') as place, d.source_id, d.department_code, coalesce(d.written, d.published) as day,
        d.reprint_of is not null as is_copy, d.number_normal as number,
        regexp_extract(coalesce(d.doc_type, '') || d.title, '(公告|通告|令)', 1) as kind
    from pub.document d semi join affected using (document_id)
    where d.number_normal is not null
),

borne as (
    select
        * exclude (parts, number_serial, kind),
        parts_year(parts) as year,
        coalesce(try_cast(struct_extract(parts, 'serial') as integer), number_serial) as serial,
        parts_word(parts) as own_word,
        coalesce(own_word, kind) as bare_word
    from numbered
),

cited as (
    select
        c.document_id, number_parts(c.target_number) as parts, citing.source_id, citing.department_code,
        citing.published as day, c.target_number as number, c.sentence
    from pub.citation c
    semi join affected on affected.document_id = c.document_id
    join pub.document citing on citing.document_id = c.document_id
    where c.target_number is not null and c.target_document_id is null
),

final as (
    select
        * exclude (own_word, bare_word, department_name),
        case
            when not word_is_bare(own_word) then own_word
            when bare_word <> '' then department_name || bare_word
        end as word,
        false as cites, null::varchar as sentence
    from borne
    union all by name
    select
        * exclude (parts), parts_word(parts) as word, parts_year(parts) as year,
        try_cast(struct_extract(parts, 'serial') as integer) as serial, '' as place, false as is_copy, true as cites
    from cited
    where not word_is_bare(parts_word(parts))
)

from final;

-- A number of several issuers belongs to the series of the first: 云河省财政厅云河省税务局公告 to 云河省财政厅公告.
create or replace temp table series_lead as
with several as (
    select distinct word, word_kind(word) as kind from series_raw
    where length(word) > 9 and word_kind(word) is not null
),

final as (
    select several.word, arg_max(body.name_zh, length(body.name_zh)) || any_value(several.kind) as lead
    from several
    join body on starts_with(several.word, body.name_zh)
        and length(several.word) - length(several.kind) - length(body.name_zh) >= 3
    where not exists (from body whole where whole.name_zh || several.kind = several.word)
    group by several.word
)

select word, lead from final;

create or replace temp table series_new as
select
    raw.* exclude (word), coalesce(lead.lead, raw.word) as word,
    lead.lead is not null as is_joint
from series_raw raw
left join series_lead lead on lead.word = raw.word
where raw.word is not null and raw.serial > 0;

insert into series_due
select distinct word from series_member semi join affected using (document_id)
union
select distinct word from series_cited semi join affected using (document_id)
union
select distinct word from series_new;

delete from series_member where document_id in (select document_id from affected);
delete from series_cited where document_id in (select document_id from affected);
insert into series_member by name
select document_id, word, year, serial, place, source_id, department_code, day, is_copy, is_joint, number
from series_new where not cites;

-- A sentence may say of the number itself that it stays unused, or that the public does not get it.
insert into series_cited by name
select
    document_id, word, year, serial, day, source_id, department_code,
    case
        when regexp_matches(sentence, serial || '\s*号(的)?(规定|要求|精神|文件|《|关于)') then null
        when regexp_matches(sentence, serial || '\s*号?[^。；;《]{0,30}(编号|该号|此号|文号)?[^。；;《]{0,4}(取消|作废|未使用|未启用|空号|空缺)')
            or regexp_matches(lower(sentence), serial || '[^.;]{0,60}(not used|never used|unused|cancelled|number withdrawn)')
            then 'cancelled'
        when regexp_matches(sentence, serial || '\s*号?[^。；;《]{0,30}(不向社会公开|不予公开|不公开|未公开|不宜公开|依法不公布)')
            or regexp_matches(lower(sentence), serial || '[^.;]{0,60}(not public|not published|not be published|classified)')
            then 'known-non-public'
    end as said
from series_new where cites;
