-- One row a step of a reform between two bodies: renamed, merged, split; several rows join into a lineage.
create or replace view stable.organ_steps as
select
    t.before_code,
    before.name_zh as before_name,
    t.after_code,
    after.name_zh as after_name,
    t.kind,
    t.on_day,
    t.act,
    t.what
from main.body_step t
left join main.body before on before.code = t.before_code
left join main.body after on after.code = t.after_code;
