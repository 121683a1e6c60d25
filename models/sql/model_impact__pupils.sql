-- Who took part and who could be compared, with the scores that count (METHODS A2). Standardised tests only.
-- Entry: the latest score up to 42 days before the start; baseline: its mean with the one before it, if that is less
-- than a year old. Exit: the first score within 42 days after the end. Compared with: pupils with the same test in
-- the same two half-terms, same phase, within two year groups, on roll in one school throughout, who had not started
-- the intervention and had no similar one meanwhile. Who could stand for several windows is given one by a digest,
-- which knows nothing of scores.
with scores as (
  select
    a.pupil_key, a.school_urn, a.assessment_name, a.subject, a.assessed_date, a.score, a.half_term, h.half_term_index
  from core_assessments a
  join core_half_terms h on h.academic_year = a.academic_year and h.half_term = a.half_term
  where a.scale = 'STANDARDISED' and a.score is not null
),
pupils as (
  select pupil_key, birth_date, coalesce(is_fsm, false) as is_fsm from core_pupils
),
treated_starts as (
  select
    s.intervention_key, s.intervention_name, s.area_of_need, s.assessment_name, s.subject, s.pupil_key, s.school_urn,
    s.started_date, s.end_date, s.planned_sessions_count, s.attended_sessions_count,
    year(s.started_date) - case when month(s.started_date) < 9 then 1 else 0 end as academic_year
  from model_interventions__starters s
  where s.is_in_catalogue and s.start_rank = 1 and s.assessment_name is not null and s.subject is not null
    and exists (select 1 from scores t where t.assessment_name = s.assessment_name and t.subject = s.subject)
),
treated_before as (
  select
    s.intervention_key, s.pupil_key, t.score, t.half_term, t.half_term_index, t.assessed_date,
    t.assessed_date >= cast(s.started_date - interval 42 day as date) as is_near,
    row_number() over (
      partition by s.intervention_key, s.pupil_key order by t.assessed_date desc, t.half_term_index desc, t.school_urn
    ) as place
  from treated_starts s
  join scores t
    on t.pupil_key = s.pupil_key and t.assessment_name = s.assessment_name and t.subject = s.subject
    and t.assessed_date <= s.started_date and t.assessed_date > cast(s.started_date - interval 365 day as date)
),
treated_entry as (
  select
    intervention_key, pupil_key, avg(score) as baseline_score, count(*) as baseline_scores_count,
    max(case when place = 1 then half_term end) as half_term,
    max(case when place = 1 then half_term_index end) as half_term_index
  from treated_before
  where place <= 2
  group by intervention_key, pupil_key
  having bool_or(place = 1 and is_near)
),
treated_exit as (
  select
    s.intervention_key, s.pupil_key, t.score, t.half_term, t.half_term_index,
    row_number() over (
      partition by s.intervention_key, s.pupil_key order by t.assessed_date, t.half_term_index, t.school_urn
    ) as place
  from treated_starts s
  cross join core_run run
  join scores t
    on t.pupil_key = s.pupil_key and t.assessment_name = s.assessment_name and t.subject = s.subject
    and t.assessed_date > s.started_date and t.assessed_date >= s.end_date
    and t.assessed_date <= cast(s.end_date + interval 42 day as date) and t.assessed_date <= run.data_date
),
treated as (
  select
    s.*, e.half_term as entry_half_term, e.half_term_index as entry_index, e.baseline_score,
    coalesce(e.baseline_scores_count, 0) as baseline_scores_count,
    x.half_term as exit_half_term, x.half_term_index as exit_index, x.score as exit_score,
    x.score is not null or cast(s.end_date + interval 42 day as date) < run.data_date as is_exit_due,
    s.academic_year - year(p.birth_date) - case when month(p.birth_date) >= 9 then 1 else 0 end - 4 as nc_year_number,
    c.is_special
  from treated_starts s
  cross join core_run run
  join pupils p on p.pupil_key = s.pupil_key
  join core_schools c on c.school_urn = s.school_urn
  left join treated_entry e on e.intervention_key = s.intervention_key and e.pupil_key = s.pupil_key
  left join treated_exit x on x.intervention_key = s.intervention_key and x.pupil_key = s.pupil_key and x.place = 1
),
windows as (
  select
    intervention_name, assessment_name, subject, entry_index, exit_index, max(area_of_need) as area_of_need,
    min(entry_half_term) as entry_half_term, min(exit_half_term) as exit_half_term,
    min(started_date) as start_date, max(end_date) as end_date, min(academic_year) as academic_year
  from treated
  where baseline_score is not null and exit_score is not null
  group by intervention_name, assessment_name, subject, entry_index, exit_index
),
window_years as (
  select distinct
    intervention_name, assessment_name, subject, entry_index, exit_index, nc_year_number, is_special,
    nc_year_number >= 7 as is_secondary
  from treated
  where baseline_score is not null and exit_score is not null
),
tests_held as (
  select distinct school_urn, assessment_name, subject, half_term_index from scores
),
candidates as (
  select
    w.intervention_name, w.assessment_name, w.subject, w.entry_index, w.exit_index, w.area_of_need, w.entry_half_term,
    w.exit_half_term, w.start_date, w.end_date, w.academic_year, e.pupil_key, e.school_urn,
    e.score as entry_score, e.assessed_date as entry_date, c.is_special,
    w.academic_year - year(p.birth_date) - case when month(p.birth_date) >= 9 then 1 else 0 end - 4 as nc_year_number,
    row_number() over (
      partition by w.intervention_name, w.assessment_name, w.subject, w.entry_index, w.exit_index, e.pupil_key
      order by e.assessed_date desc, e.school_urn
    ) as place
  from windows w
  join scores e
    on e.assessment_name = w.assessment_name and e.subject = w.subject and e.half_term_index = w.entry_index
  join tests_held h
    on h.school_urn = e.school_urn and h.assessment_name = w.assessment_name and h.subject = w.subject
    and h.half_term_index = w.exit_index
  join pupils p on p.pupil_key = e.pupil_key
  join core_schools c on c.school_urn = e.school_urn
),
eligible as (
  select c.*
  from candidates c
  where c.place = 1
    and exists (
      select 1 from window_years y
      where y.intervention_name = c.intervention_name and y.assessment_name = c.assessment_name
        and y.subject = c.subject and y.entry_index = c.entry_index and y.exit_index = c.exit_index
        and y.is_special = c.is_special and (y.is_special or y.is_secondary = (c.nc_year_number >= 7))
        and y.nc_year_number between c.nc_year_number - 2 and c.nc_year_number + 2
    )
    and exists (
      select 1 from core_enrolments r
      where r.pupil_key = c.pupil_key and r.school_urn = c.school_urn and r.entry_date <= c.entry_date
        and coalesce(r.leaving_date, c.end_date) >= c.end_date
    )
    and not exists (
      select 1 from model_interventions__starters s
      where s.pupil_key = c.pupil_key and s.started_date <= c.end_date
        and (
          s.intervention_name = c.intervention_name
          or (
            s.end_date >= c.start_date
            and (s.subject = c.subject or (s.subject is null and s.area_of_need = c.area_of_need))
          )
        )
    )
),
placed as (
  select
    *,
    row_number() over (
      partition by intervention_name, assessment_name, subject, pupil_key
      order by
        md5(concat(pupil_key, '|', cast(entry_index as varchar), '|', cast(exit_index as varchar))),
        entry_index, exit_index
    ) as choice
  from eligible
),
compared_before as (
  select
    c.intervention_name, c.assessment_name, c.subject, c.pupil_key, t.score,
    row_number() over (
      partition by c.intervention_name, c.assessment_name, c.subject, c.pupil_key
      order by t.assessed_date desc, t.half_term_index desc, t.school_urn
    ) as place
  from placed c
  join scores t
    on t.pupil_key = c.pupil_key and t.assessment_name = c.assessment_name and t.subject = c.subject
    and t.half_term_index < c.entry_index and t.assessed_date < c.entry_date
    and t.assessed_date > cast(c.start_date - interval 365 day as date)
  where c.choice = 1
),
compared as (
  select
    c.intervention_name, c.assessment_name, c.subject, false as is_treated, c.pupil_key, c.school_urn, c.academic_year,
    c.nc_year_number, c.entry_half_term, c.exit_half_term,
    (c.entry_score + coalesce(b.score, c.entry_score)) / 2 as baseline_score,
    1 + case when b.score is not null then 1 else 0 end as baseline_scores_count,
    x.score as exit_score, true as is_exit_due, c.start_date as started_date,
    cast(null as bigint) as planned_sessions_count, cast(null as bigint) as attended_sessions_count
  from placed c
  left join compared_before b
    on b.intervention_name = c.intervention_name and b.assessment_name = c.assessment_name and b.subject = c.subject
    and b.pupil_key = c.pupil_key and b.place = 1
  left join scores x
    on x.pupil_key = c.pupil_key and x.school_urn = c.school_urn and x.assessment_name = c.assessment_name
    and x.subject = c.subject and x.half_term_index = c.exit_index
  where c.choice = 1
),
everybody as (
  select
    intervention_name, assessment_name, subject, true as is_treated, pupil_key, school_urn, academic_year,
    nc_year_number, entry_half_term, exit_half_term, baseline_score, baseline_scores_count, exit_score, is_exit_due,
    started_date, planned_sessions_count, attended_sessions_count
  from treated
  union all
  select * from compared
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
  select distinct b.intervention_name, b.pupil_key, b.is_treated, b.assessment_name, b.subject
  from everybody b
  join core_sen_status s
    on s.pupil_key = b.pupil_key and s.sen_provision = 'E' and s.start_date <= b.started_date
    and coalesce(s.end_date, b.started_date) >= b.started_date
)
select
  b.intervention_name, b.assessment_name, cast(null as varchar) as exit_assessment_name, b.subject,
  'STANDARDISED' as scale, b.is_treated, b.pupil_key, b.school_urn,
  cast(b.academic_year as bigint) as academic_year, cast(b.nc_year_number as bigint) as nc_year_number,
  b.entry_half_term, b.exit_half_term, cast(null as date) as entry_date, cast(null as date) as exit_date,
  cast(b.baseline_score as double) as entry_score, cast(b.baseline_score as double) as baseline_score,
  cast(b.baseline_scores_count as bigint) as baseline_scores_count, b.exit_score, b.is_exit_due,
  case
    when b.baseline_score is not null and b.exit_score is not null then null
    when not b.is_exit_due then 'NOT_DUE'
    when b.baseline_score is null then 'NO_ENTRY'
    else 'NO_TEST'
  end as missing_reason,
  cast(null as bigint) as person_sessions_before, cast(null as bigint) as person_sessions_after,
  cast(
    (year(b.started_date) - year(p.birth_date)) * 12 + month(b.started_date) - month(p.birth_date)
    - case when day(b.started_date) < day(p.birth_date) then 1 else 0 end as bigint
  ) as age_months,
  p.is_fsm, e.pupil_key is not null as has_ehc_plan, a.absence_rate,
  b.planned_sessions_count, b.attended_sessions_count
from everybody b
join pupils p on p.pupil_key = b.pupil_key
left join absences a on a.pupil_key = b.pupil_key and a.academic_year = b.academic_year - 1
left join planned_for e
  on e.intervention_name = b.intervention_name and e.pupil_key = b.pupil_key and e.is_treated = b.is_treated
  and e.assessment_name = b.assessment_name and e.subject = b.subject
