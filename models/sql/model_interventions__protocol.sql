-- Each pupil's first start of each intervention: which steps of the protocol were kept (METHODS A2, A11). Windows and
-- scores are those of the estimates; a start that they know nothing of has no score. Full dose: 80% of the sessions
-- delivered. The teacher's judgement stands for the review: within six weeks of the end where it is dated; where it is not,
-- one that is there is taken to be in time.
with outcomes as (
  select
    intervention_name, pupil_key, bool_or(baseline_score is not null) as has_baseline,
    bool_or(exit_score is not null) as has_exit,
    bool_or(baseline_score is not null and exit_score is not null) as has_both, bool_or(is_exit_due) as is_exit_due
  from model_impact__pupils
  where is_treated
  group by intervention_name, pupil_key
),
starts as (
  select
    s.*, p.teacher_judgement, p.judged_date, run.data_date, o.pupil_key is not null as is_known, o.has_baseline, o.has_exit,
    o.has_both, o.is_exit_due, cast(s.end_date + interval 42 day as date) < run.data_date as is_over
  from model_interventions__starters s
  cross join core_run run
  join core_intervention_pupils p on p.intervention_key = s.intervention_key and p.pupil_key = s.pupil_key
  left join outcomes o
    on s.is_in_catalogue and o.intervention_name = s.intervention_name and o.pupil_key = s.pupil_key
  where s.start_rank = 1
)
select
  intervention_key, pupil_key, school_urn, intervention_name, is_in_catalogue,
  cast(year(started_date) - case when month(started_date) < 9 then 1 else 0 end as bigint) as academic_year,
  is_known or assessment_name is not null as has_outcome,
  coalesce(has_baseline, false) as has_baseline,
  (is_known or assessment_name is not null) and coalesce(is_exit_due, is_over) as is_exit_due,
  coalesce(has_exit, false) as has_exit, coalesce(has_both, false) as has_both,
  attended_sessions_count is not null and coalesce(delivered_sessions_count, 0) > 0 as is_dose_recorded,
  coalesce(cast(attended_sessions_count as double) / nullif(delivered_sessions_count, 0) >= 0.8, false) as is_full_dose,
  is_over as is_review_due,
  is_over and teacher_judgement is not null
    and coalesce(judged_date, end_date) <= cast(end_date + interval 42 day as date) as is_reviewed
from starts
