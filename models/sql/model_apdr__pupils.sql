-- Every pupil on SEN support on the data date, with the latest cycle or with none. Nothing sets a day for a first cycle,
-- nor after a review that said STOP: since when the pupil is on SEN support says how long there has been none.
with support as (
  select s.pupil_key, s.school_urn, max(s.start_date) as support_start_date
  from core_sen_status s
  cross join core_run run
  where s.sen_provision = 'K' and s.start_date <= run.data_date and coalesce(s.end_date, run.data_date) >= run.data_date
  group by s.pupil_key, s.school_urn
),
counted as (
  select pupil_key, school_urn, count(*) as cycles_count
  from model_apdr__cycles
  group by pupil_key, school_urn
)
select
  r.pupil_key, r.school_urn, s.support_start_date, coalesce(n.cycles_count, 0) as cycles_count,
  case
    when c.pupil_key is null then 'NONE'
    when c.stage = 'CLOSED' then 'STOPPED'
    when c.stage = 'ASSESS' then 'BETWEEN'
    else 'OPEN'
  end as standing,
  case when coalesce(c.stage, 'CLOSED') = 'CLOSED' then 'ASSESS' else c.stage end as stage,
  c.stage_due_date, c.overdue_days, c.unchanged_run_count,
  coalesce(c.unchanged_run_count, 0) >= 2 and coalesce(c.cycle_outcome, 'NOT_MET') = 'NOT_MET' as is_repeating,
  c.is_pupil_view_recorded, c.is_parent_view_recorded
from model_pupils__on_roll r
left join support s on s.pupil_key = r.pupil_key and s.school_urn = r.school_urn
left join model_apdr__cycles c on c.pupil_key = r.pupil_key and c.school_urn = r.school_urn and c.is_latest
left join counted n on n.pupil_key = r.pupil_key and n.school_urn = r.school_urn
where r.sen_provision = 'K'
