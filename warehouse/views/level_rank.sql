-- How high a level of government stands; null for one that is not known.
create or replace temp macro level_rank(name) as
    case name
        when 'international' then 0
        when 'national' then 1
        when 'provincial' then 2
        when 'municipal' then 3
        when 'county' then 4
    end;
