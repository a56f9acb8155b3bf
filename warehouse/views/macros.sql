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

-- The day from which a sentence says that something ends, the last of several; a year printed in signs counts whole.
create or replace temp macro ends_on(sentence) as greatest(
    list_max(list_transform(
        regexp_extract_all(
            plain_digits(sentence),
            '(20[0-9]{2}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{0,2})\s*日?\s*(?:[0-9零]{1,2}时)?\s*(?:之日)?(?:起|(?:同时|即行|予以|自动|自行|宣布)*(?:废止|失效|停止|不再))',
            1
        ),
        lambda day: coalesce(
            try_strptime(regexp_replace(day, '\s', '', 'g'), '%Y年%m月%d'),
            try_strptime(regexp_replace(day, '\s', '', 'g'), '%Y年%m月')
        )::date
    )),
    make_date(
        list_max(list_transform(
            regexp_extract_all(sentence, '(二[〇○零Ｏ0][〇○零一二三四五六七八九]{2})年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{0,3}日?起', 1),
            lambda year: try_cast(translate(year, '〇○零Ｏ一二三四五六七八九', '0000123456789') as integer)
        )) + 1, 1, 1
    ),
    list_max(list_transform(
        regexp_extract_all(
            sentence,
            '(?:from|effective|on|as of|beginning|until)\s+((?:[0-9]{1,2}\s+[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\s+[0-9]{1,2}),?\s+20[0-9]{2})', 1
        ),
        lambda day: coalesce(
            try_strptime(replace(day, ',', ''), '%d %B %Y'), try_strptime(replace(day, ',', ''), '%B %d %Y')
        )::date
    ))
);

-- Whether that day is still to come.
create or replace temp macro ends_later(sentence, today) as coalesce(ends_on(sentence) > today, false);

-- The work that a notice prints, by the key of its title (关于印发《…》的通知); empty for any other title.
create or replace temp macro printed_work(title_key) as
    regexp_extract(title_key, '关于(?:印发|发布|公布|颁布|转发)(.{6,})的(?:通知|公告|通告|决定|令)$', 1);

-- The key of a title without the organ before it; empty where nothing long enough is left.
create or replace temp macro without_organ(title_key) as regexp_extract(title_key, '关于.{8,}$');

-- Whether a sentence prolongs the term of what it cites.
create or replace temp macro prolongs(sentence) as regexp_matches(
    sentence,
    '(有效期|执行期|实施期|施行期|试行期)[^。；]{0,14}(延长|延续|顺延|延期)|延长[^。；]{0,80}(有效期|执行期|实施期|试行期)|(继续有效|继续执行|继续实施|继续施行)[^。；《]{0,4}[至到]'
);

-- The day to which a sentence prolongs the term of what it cites; null when it says none.
create or replace temp macro extended_until(sentence) as try_strptime(
    regexp_replace(regexp_extract(
        plain_digits(sentence),
        '(?:延长|延续|顺延|延期|继续有效|继续执行|继续实施|继续施行)[^。；《]{0,6}[至到]\s*(20[0-9]{2}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2})\s*日', 1
    ), '\s', '', 'g'),
    '%Y年%m月%d'
)::date;
