-- What people said of, and saw in, those who started an intervention that the trust's catalogue knows: the first start
-- of each pupil, the one the estimate speaks of. Asked: the pupil's last day is past, in a map that can hold opinions
-- (Insight's cannot). An opinion recorded before the end is not one of the whole and waits. Engagement counts from the
-- day after the first session, since a look on that day tells of before, to 42 days after the last day; progress in an
-- area is progress recorded there at least once. A pupil who changed school is followed.
with first_starts as (
  select s.intervention_key, s.intervention_name, s.pupil_key, s.school_urn, s.started_date, s.end_date
  from model_interventions__starters s
  where s.start_rank = 1 and s.is_in_catalogue
),
opinions as (
  select
    f.intervention_key, f.pupil_key, p.teacher_judgement, p.is_pupil_positive, p.is_parent_positive,
    g.map_source = 'provision_map' and f.end_date <= run.data_date as is_asked
  from first_starts f
  cross join core_run run
  join core_interventions g on g.intervention_key = f.intervention_key
  join core_intervention_pupils p on p.intervention_key = f.intervention_key and p.pupil_key = f.pupil_key
),
observed as (
  select
    f.intervention_key, f.pupil_key,
    bool_or(o.engagement_area = 'EXPLORATION' and o.engagement_direction = 'PROGRESS') as has_exploration,
    bool_or(o.engagement_area = 'REALISATION' and o.engagement_direction = 'PROGRESS') as has_realisation,
    bool_or(o.engagement_area = 'ANTICIPATION' and o.engagement_direction = 'PROGRESS') as has_anticipation,
    bool_or(o.engagement_area = 'PERSISTENCE' and o.engagement_direction = 'PROGRESS') as has_persistence,
    bool_or(o.engagement_area = 'INITIATION' and o.engagement_direction = 'PROGRESS') as has_initiation
  from first_starts f
  cross join core_run run
  join core_engagement o
    on o.pupil_key = f.pupil_key and o.observed_date > f.started_date
    and o.observed_date <= cast(f.end_date + interval 42 day as date) and o.observed_date <= run.data_date
  group by f.intervention_key, f.pupil_key
)
select
  f.intervention_name, f.pupil_key, f.school_urn, o.is_asked,
  case when o.is_asked then o.teacher_judgement end as teacher_judgement,
  case when o.is_asked then o.is_pupil_positive end as is_pupil_positive,
  case when o.is_asked then o.is_parent_positive end as is_parent_positive,
  e.pupil_key is not null as is_observed,
  coalesce(e.has_exploration, false) as has_exploration_progress,
  coalesce(e.has_realisation, false) as has_realisation_progress,
  coalesce(e.has_anticipation, false) as has_anticipation_progress,
  coalesce(e.has_persistence, false) as has_persistence_progress,
  coalesce(e.has_initiation, false) as has_initiation_progress
from first_starts f
join opinions o on o.intervention_key = f.intervention_key and o.pupil_key = f.pupil_key
left join observed e on e.intervention_key = f.intervention_key and e.pupil_key = f.pupil_key
