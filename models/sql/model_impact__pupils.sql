-- Who took part and who could be compared, on every scale, with what is known of each at the start (METHODS A2, A5).
-- Steps before this one: model_impact__windows, model_impact__scores, model_impact__treated, model_impact__compared.
with everybody as (
  select
    intervention_name, assessment_name, exit_assessment_name, subject, scale, true as is_treated, pupil_key,
    school_urn, academic_year, started_date, entry_half_term, entry_date, entry_score, baseline_score,
    baseline_scores_count, exit_half_term, exit_date, exit_score, is_exit_due, missing_reason, before_sessions_count,
    after_sessions_count, planned_sessions_count, attended_sessions_count
  from model_impact__treated
  union all
  select
    intervention_name, assessment_name, exit_assessment_name, subject, scale, false as is_treated, pupil_key,
    school_urn, academic_year, started_date, entry_half_term, entry_date, entry_score, baseline_score,
    baseline_scores_count, exit_half_term, exit_date, exit_score, true as is_exit_due, missing_reason,
    before_sessions_count, after_sessions_count, cast(null as bigint) as planned_sessions_count,
    cast(null as bigint) as attended_sessions_count
  from model_impact__compared
),
absences as (
  select
    pupil_key, academic_year,
    -- a school may count one session as both: no more is missed than there is (and least() would swallow a blank)
    case
      when sum(possible_sessions_count) > 0
      then least(
        sum(authorised_sessions_count + unauthorised_sessions_count) / cast(sum(possible_sessions_count) as double), 1.0
      )
    end as absence_rate
  from core_attendance
  group by pupil_key, academic_year
),
planned_for as (
  select distinct b.pupil_key, b.started_date
  from everybody b
  join core_sen_status s
    on s.pupil_key = b.pupil_key and s.sen_provision = 'E' and s.start_date <= b.started_date
    and coalesce(s.end_date, b.started_date) >= b.started_date
)
select
  b.intervention_name, b.assessment_name, nullif(b.exit_assessment_name, b.assessment_name) as exit_assessment_name,
  b.subject, b.scale, b.is_treated, b.pupil_key, b.school_urn, b.academic_year,
  cast(
    b.academic_year - year(p.birth_date) - case when month(p.birth_date) >= 9 then 1 else 0 end - 4 as bigint
  ) as nc_year_number,
  b.entry_half_term, b.exit_half_term, b.entry_date, b.exit_date, b.entry_score, b.baseline_score,
  b.baseline_scores_count, b.exit_score, b.missing_reason, b.before_sessions_count, b.after_sessions_count,
  b.is_exit_due,
  cast(
    (year(b.started_date) - year(p.birth_date)) * 12 + month(b.started_date) - month(p.birth_date)
    - case when day(b.started_date) < day(p.birth_date) then 1 else 0 end as bigint
  ) as age_months,
  coalesce(p.is_fsm, false) as is_fsm, e.pupil_key is not null as has_ehc_plan, a.absence_rate,
  b.planned_sessions_count, b.attended_sessions_count
from everybody b
join core_pupils p on p.pupil_key = b.pupil_key
left join absences a on a.pupil_key = b.pupil_key and a.academic_year = b.academic_year - 1
left join planned_for e on e.pupil_key = b.pupil_key and e.started_date = b.started_date
