-- Every group that a pupil with SEN on roll was in at the school, begun by the data date: sessions while the pupil was
-- in it, and what the group cost. Only groups whose name the trust's catalogue knows: a school's free text may name
-- another child.
with sessions as (
  select m.intervention_key, m.pupil_key, count(*) as delivered_count
  from core_intervention_pupils m
  cross join core_run run
  join core_intervention_sessions s
    on s.intervention_key = m.intervention_key and s.session_date between m.start_date and m.end_date
  where s.is_delivered and s.session_date <= run.data_date
  group by m.intervention_key, m.pupil_key
)
select
  m.intervention_key, m.pupil_key, m.school_urn, d.intervention_name, m.start_date, m.end_date, d.pupils_count,
  case when d.delivered_sessions_count is not null then coalesce(s.delivered_count, 0) end as delivered_sessions_count,
  m.attended_sessions_count, d.cost_to_date_pence
from core_intervention_pupils m
cross join core_run run
join model_interventions__group_dose d on d.intervention_key = m.intervention_key
join model_pupils__on_roll r on r.pupil_key = m.pupil_key and r.school_urn = m.school_urn
left join sessions s on s.intervention_key = m.intervention_key and s.pupil_key = m.pupil_key
where r.sen_provision in ('K', 'E') and m.start_date <= run.data_date
