-- Everybody who started, whatever the dose, with the scores that count (METHODS A2). Entry: the latest score in the
-- window before; baseline: its mean with the one before it, if that is of an earlier half-term and less than a year
-- before the start. Exit: the first score in the window after, on the scale of the entry. Without an entry the scale
-- is the one that most scores of the test have in the school, else in the trust. A test that nobody in the trust has
-- a score of is no outcome. Somebody who is due an exit and has none has left the school, or was there and not tested.
with entries as (
  select
    w.intervention_name, w.assessment_name, w.subject, w.pupil_key, t.scale, t.half_term, t.half_term_index,
    t.assessed_date, t.score, t.possible_sessions_count,
    row_number() over (
      partition by w.intervention_name, w.assessment_name, w.subject, w.pupil_key order by t.assessed_date desc
    ) as place
  from model_impact__windows w
  join model_impact__scores t
    on t.pupil_key = w.pupil_key and t.assessment_name = w.assessment_name and t.subject = w.subject
    and t.assessed_date >= w.entry_from_date and t.assessed_date <= w.entry_to_date
),
scale_counts as (
  select assessment_name, subject, school_urn, scale, count(*) as scores_count
  from model_impact__scores
  group by assessment_name, subject, school_urn, scale
),
scale_totals as (
  select *, sum(scores_count) over (partition by assessment_name, subject, scale) as trust_count from scale_counts
),
usual_in_school as (
  select
    assessment_name, subject, school_urn, scale,
    row_number() over (
      partition by assessment_name, subject, school_urn order by scores_count desc, trust_count desc, scale
    ) as place
  from scale_totals
),
usual_in_trust as (
  select
    assessment_name, subject, scale,
    row_number() over (
      partition by assessment_name, subject order by trust_count desc, scale, school_urn
    ) as place
  from scale_totals
),
scaled as (
  select
    w.*, coalesce(e.scale, u.scale, v.scale) as scale, e.half_term as entry_half_term,
    e.half_term_index as entry_index, e.assessed_date as entry_date, e.score as entry_score,
    e.possible_sessions_count as before_sessions_count
  from model_impact__windows w
  left join usual_in_trust v on v.assessment_name = w.assessment_name and v.subject = w.subject and v.place = 1
  left join usual_in_school u
    on u.assessment_name = w.assessment_name and u.subject = w.subject and u.school_urn = w.school_urn and u.place = 1
  left join entries e
    on e.intervention_name = w.intervention_name and e.assessment_name = w.assessment_name and e.subject = w.subject
    and e.pupil_key = w.pupil_key and e.place = 1
  where w.has_person_time or v.scale is not null
),
earlier as (
  select
    s.intervention_name, s.assessment_name, s.subject, s.pupil_key, t.score,
    row_number() over (
      partition by s.intervention_name, s.assessment_name, s.subject, s.pupil_key order by t.assessed_date desc
    ) as place
  from scaled s
  join model_impact__scores t
    on t.pupil_key = s.pupil_key and t.assessment_name = s.assessment_name and t.subject = s.subject
    and t.scale = s.scale and t.assessed_date < s.entry_date and t.half_term_index < s.entry_index
    and t.assessed_date > cast(s.started_date - interval 365 day as date)
  where not s.has_person_time
),
exits as (
  select
    s.intervention_name, s.assessment_name, s.subject, s.pupil_key, t.half_term, t.half_term_index, t.assessed_date,
    t.score, t.possible_sessions_count,
    row_number() over (
      partition by s.intervention_name, s.assessment_name, s.subject, s.pupil_key order by t.assessed_date
    ) as place
  from scaled s
  join model_impact__scores t
    on t.pupil_key = s.pupil_key and t.assessment_name = s.exit_assessment_name and t.subject = s.subject
    and t.scale = s.scale and t.assessed_date >= s.exit_from_date and t.assessed_date <= s.exit_to_date
),
last_days as (
  select
    pupil_key, school_urn, max(leaving_date) as last_date,
    count(*) = count(leaving_date) as has_left
  from core_enrolments
  group by pupil_key, school_urn
)
select
  s.intervention_name, s.assessment_name, s.exit_assessment_name, s.subject,
  coalesce(s.scale, case when s.subject = 'Attendance' then 'ATTENDANCE' else 'INCIDENTS' end) as scale,
  s.has_person_time, s.pupil_key, s.school_urn, s.area_of_need, s.outcome_domain, s.academic_year, s.started_date,
  s.end_date, s.entry_index as entry_half_term_index, x.half_term_index as exit_half_term_index, s.entry_half_term,
  x.half_term as exit_half_term, s.entry_date, x.assessed_date as exit_date, s.entry_score,
  (s.entry_score + coalesce(e.score, s.entry_score)) / 2 as baseline_score,
  cast(case when s.entry_score is null then 0 when e.score is null then 1 else 2 end as bigint)
    as baseline_scores_count,
  x.score as exit_score,
  case
    when s.entry_score is not null and x.score is not null then null
    when x.score is null and s.exit_to_date >= run.data_date then 'NOT_DUE'
    when s.entry_score is null then 'NO_ENTRY'
    when l.has_left and l.last_date < s.exit_to_date then 'LEFT'
    else 'NO_TEST'
  end as missing_reason,
  s.before_sessions_count, x.possible_sessions_count as after_sessions_count,
  x.score is not null or s.exit_to_date < run.data_date as is_exit_due, s.planned_sessions_count,
  s.attended_sessions_count
from scaled s
cross join core_run run
left join earlier e
  on e.intervention_name = s.intervention_name and e.assessment_name = s.assessment_name and e.subject = s.subject
  and e.pupil_key = s.pupil_key and e.place = 1
left join exits x
  on x.intervention_name = s.intervention_name and x.assessment_name = s.assessment_name and x.subject = s.subject
  and x.pupil_key = s.pupil_key and x.place = 1
left join last_days l on l.pupil_key = s.pupil_key and l.school_urn = s.school_urn
