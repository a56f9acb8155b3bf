-- How a number is taken apart into the word and the year of its series and its serial; a word of null: no series.
create or replace temp macro number_parts(number) as case
    when regexp_matches(number, '(〔(19|20)[0-9]{2}〕|第|(19|20)[0-9]{2}年)[0-9]+号') then regexp_extract(
        number, '^(.*?)(?:〔((?:19|20)[0-9]{2})〕|((?:19|20)[0-9]{2})年第?|第)0*([0-9]{1,6})号(.{0,4})$',
        ['word', 'year', 'year2', 'serial', 'tail']
    )
    when regexp_matches(number, '^(Executive Order|Proclamation|Local Law) ') then regexp_extract(
        number, '^([A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:No\. ?)?(?:()())0*([0-9]{1,6})( of [0-9]{4})?$',
        ['word', 'year', 'year2', 'serial', 'tail']
    )
end;
create or replace temp macro parts_year(parts) as try_cast(
    coalesce(nullif(struct_extract(parts, 'year'), ''), nullif(struct_extract(parts, 'year2'), ''), nullif(regexp_extract(struct_extract(parts, 'tail'), ' of ([0-9]{4})$', 1), ''))
    as integer
);
-- 国令 and 中华人民共和国国务院令 are one word; the kind may stand before or behind the number.
create or replace temp macro parts_word(parts) as nullif(
    case regexp_replace(replace(struct_extract(parts, 'word'), ' ', ''), '^中华人民共和国', '')
        || case when regexp_matches(struct_extract(parts, 'tail'), '^(令|公告|通告)') then struct_extract(parts, 'tail') else '' end
        when '国令' then '国务院令'
        else case
            when regexp_matches(struct_extract(parts, 'word'), '^[A-Za-z]') then struct_extract(parts, 'word')
            else regexp_replace(replace(struct_extract(parts, 'word'), ' ', ''), '^中华人民共和国', '')
                || case when regexp_matches(struct_extract(parts, 'tail'), '^(令|公告|通告)') then struct_extract(parts, 'tail') else '' end
        end
    end, ''
);
-- Word, year and serial together. The parts are bound once: a macro that names its argument ten times has it planned
-- ten times, and then the planning is what a small publication costs.
create or replace temp macro number_place(number) as list_transform(
    [number_parts(number)],
    lambda parts: struct_pack(
        word := parts_word(parts), year := parts_year(parts), serial := struct_extract(parts, 'serial')
    )
)[1];
-- The kind that ends a word such as 云河省审计厅公告; null for one of letters such as 国办发.
create or replace temp macro word_kind(word) as nullif(regexp_extract(word, '(令|公告|通告|公报)$', 1), '');
create or replace temp macro word_is_bare(word) as coalesce(word, '') in ('', '令', '公告', '通告', '公报', '决定', '第');
-- One form for all spellings of a number, by which a citation finds what bears it: 国务院第706号令 and 国令第706号 are
-- 国务院令第706号, 国办发2024年5号 is 国办发〔2024〕5号. A number that names no organ or has no series stays as it is written.
-- Most numbers are written so already, which is told cheaply.
create or replace temp macro number_family(number) as case
    when regexp_matches(number, '^[^\s第年令告]*〔(19|20)[0-9]{2}〕[1-9][0-9]*号$') and not starts_with(number, '中华')
        then lower(number)
    else list_transform(
        [number_place(number)],
        lambda part: lower(case
            when word_is_bare(part.word) or regexp_matches(number, '^[A-Za-z]') then translate(
                regexp_replace(number, '\s|^中华人民共和国|No\.?', '', 'g'), '—–－[]（）()', '---〔〕〔〕〔〕'
            )
            when part.year is null then part.word || '第' || part.serial || '号'
            when word_kind(part.word) is not null then part.word || part.year || '年第' || part.serial || '号'
            else part.word || '〔' || part.year || '〕' || part.serial || '号'
        end)
    )[1]
end;
