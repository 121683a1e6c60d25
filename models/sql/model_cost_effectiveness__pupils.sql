-- What each pupil's first group of an intervention cost to date and how many share it, and what became of the pupil's
-- targets (METHODS B3, B4). Everybody who started in a group that works towards targets is in scope, also who has no
-- target: the cost of an outcome that failed or cannot be measured is never left out.
with members as (
  select intervention_key, count(*) as pupils_count from model_interventions__starters group by intervention_key
),
targets as (
  select
    intervention_name, pupil_key, count(*) as set_count, count(achieved_level) as scored_count,
    count(*) filter (where achieved_level >= 0) as met_count
  from model_impact__strand_targets
  group by intervention_name, pupil_key
),
first_starts as (
  select intervention_key, intervention_name, pupil_key, school_urn
  from model_interventions__starters
  where start_rank = 1 and is_in_catalogue
),
towards_targets as (
  select distinct s.intervention_key
  from first_starts s
  join targets t on t.intervention_name = s.intervention_name and t.pupil_key = s.pupil_key
)
select
  s.intervention_name, s.pupil_key, s.school_urn, g.cost_to_date_pence as group_cost_pence,
  cast(m.pupils_count as bigint) as group_pupils_count, w.intervention_key is not null as has_target_group,
  cast(coalesce(t.set_count, 0) as bigint) as targets_set_count,
  cast(coalesce(t.scored_count, 0) as bigint) as targets_scored_count,
  cast(coalesce(t.met_count, 0) as bigint) as targets_met_count
from first_starts s
join members m on m.intervention_key = s.intervention_key
left join model_interventions__group_dose g on g.intervention_key = s.intervention_key
left join towards_targets w on w.intervention_key = s.intervention_key
left join targets t on t.intervention_name = s.intervention_name and t.pupil_key = s.pupil_key
