-- Pupils of the groups in core_interventions, from the map that describes the group. A pupil's own dates count;
-- where one is blank the group's stands for it.
with members as (
  select
    'provision_map' as map_source, p.school_urn, p.group_reference, p.pupil_key, p.start_date, p.end_date,
    p.attended_sessions_count, p.teacher_judgement, p.is_pupil_positive, p.is_parent_positive,
    p.judged_date
  from clean_provision_map__pupils p
  union all
  select
    'insight', i.school_urn, i.group_reference, i.pupil_key, i.start_date, i.end_date,
    cast(null as bigint), cast(null as bigint), cast(null as boolean), cast(null as boolean),
    cast(null as date)
  from clean_insight__provisions i
)
select
  g.intervention_key, m.pupil_key, g.school_urn,
  coalesce(m.start_date, least(g.start_date, coalesce(m.end_date, g.start_date))) as start_date,
  coalesce(m.end_date, greatest(g.end_date, coalesce(m.start_date, g.end_date))) as end_date,
  m.attended_sessions_count, m.teacher_judgement, m.is_pupil_positive, m.is_parent_positive, m.judged_date
from members m
join core_interventions g
  on g.intervention_key = m.school_urn || ':' || m.group_reference and g.map_source = m.map_source
