-- How high a level of government stands; null for one that is not known.
create or replace temp macro level_rank(name) as
    case name
        when 'international' then 0
        when 'national' then 1
        when 'provincial' then 2
        when 'municipal' then 3
        when 'county' then 4
    end;

-- Whether one of two jurisdictions holds the other. Codes nest (CN, CN-44, CN-4401); printed names ("广东省") do not,
-- so a name is related to itself and to a whole country.
create or replace temp macro related_jurisdictions(one, other) as
    coalesce(starts_with(one, other) or starts_with(other, one), true)
    or (length(one) = 2 and not regexp_matches(other, '^[A-Z]{2}(-|$)'))
    or (length(other) = 2 and not regexp_matches(one, '^[A-Z]{2}(-|$)'));

-- Digits of full width as plain ones.
create or replace temp macro plain_digits(said) as translate(said, '０１２３４５６７８９', '0123456789');

-- The days printed in the clause before a title (1996年6月19日国务院发布的《甲》), not days of force (…日起).
create or replace temp macro days_before_title(sentence, title) as list_transform(
    regexp_extract_all(
        regexp_extract(
            left(plain_digits(sentence), greatest(strpos(sentence, '《' || title) - 1, 0)), '[^。；《]*$'
        ),
        '((?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2})日(?:[^起]|$)', 1
    ),
    lambda day: try_strptime(day, '%Y年%m月%d')::date
);

-- The last day in the future from which a sentence says that something ends; a year printed in signs counts whole.
create or replace temp macro ends_later(sentence, today) as
    coalesce(list_max(list_transform(
        regexp_extract_all(
            plain_digits(sentence),
            '(20[0-9]{2}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{0,2})\s*日?\s*(?:[0-9零]{1,2}时)?\s*(?:之日)?(?:起|(?:同时|即行|予以|自动|自行|宣布)*(?:废止|失效|停止|不再))',
            1
        ),
        lambda day: coalesce(
            try_strptime(regexp_replace(day, '\s', '', 'g'), '%Y年%m月%d'),
            try_strptime(regexp_replace(day, '\s', '', 'g'), '%Y年%m月')
        )::date
    )) > today, false)
    or coalesce(list_max(list_transform(
        regexp_extract_all(sentence, '(二[〇○零Ｏ0][〇○零一二三四五六七八九]{2})年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{0,3}日?起', 1),
        lambda year: try_cast(translate(year, '〇○零Ｏ一二三四五六七八九', '0000123456789') as integer)
    )) >= year(today), false)
    or coalesce(list_max(list_transform(
        regexp_extract_all(
            sentence,
            '(?:from|effective|on|as of|beginning|until)\s+((?:[0-9]{1,2}\s+[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\s+[0-9]{1,2}),?\s+20[0-9]{2})', 1
        ),
        lambda day: coalesce(
            try_strptime(replace(day, ',', ''), '%d %B %Y'), try_strptime(replace(day, ',', ''), '%B %d %Y')
        )::date
    )) > today, false);
