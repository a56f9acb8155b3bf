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
