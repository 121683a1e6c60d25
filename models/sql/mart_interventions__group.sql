-- Groups that run on the data date, or ended in the six weeks before, and whether their sessions are on record. A group
-- is silent when nothing, held or not held, is on record for more than 21 days up to the data date or its own last day:
-- longer than any holiday within a term or between two, the summer left out.
with recorded as (
  select s.intervention_key, max(s.session_date) as last_recorded_date
  from core_intervention_sessions s
  cross join core_run run
  where s.session_date <= run.data_date
  group by s.intervention_key
)
select
  g.intervention_key, g.school_urn, g.intervention_name, substring(g.intervention_key, 8) as group_reference,
  g.start_date, g.end_date, d.pupils_count, d.due_sessions_count, d.delivered_sessions_count, r.last_recorded_date,
  case
    when g.map_source = 'insight' then 'NOT_KEPT'
    when date_diff('day', coalesce(r.last_recorded_date, g.start_date), least(g.end_date, run.data_date)) > 21
    then 'SILENT'
    else 'RECORDED'
  end as recording
from core_interventions g
cross join core_run run
join model_interventions__group_dose d on d.intervention_key = g.intervention_key
left join recorded r on r.intervention_key = g.intervention_key
where g.start_date <= run.data_date and g.end_date >= cast(run.data_date - interval 42 day as date)
