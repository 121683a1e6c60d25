-- Targets of those who started an intervention that the trust's catalogue knows, at the first start of each pupil. A
-- level scored after the data date is not known yet. Levelled before: a level at the start is there, and the target was
-- set on or before the first session, so that the scale was not drawn round the result.
select
  s.intervention_name, t.pupil_key, t.target_number, coalesce(t.target_weight, 1) as target_weight, t.start_level,
  case when coalesce(t.scored_date, run.data_date) <= run.data_date then t.achieved_level end as achieved_level,
  t.start_level is not null and t.set_date <= s.started_date as is_levelled_before, t.is_scored_by_deliverer
from model_interventions__starters s
cross join core_run run
join core_intervention_targets t on t.intervention_key = s.intervention_key and t.pupil_key = s.pupil_key
where s.start_rank = 1 and s.is_in_catalogue and t.set_date <= run.data_date
