-- Every score that may stand before or after an intervention: of the tests that interventions are linked to, on each
-- scale that has an order, and of attendance and suspensions over the pairs of half-terms that some window asks for.
-- A pupil has one score a test and day: a copy in another school's tracker counts once, that of the school in which
-- the pupil was on roll that day first. Nothing dated after the data date is known yet.
-- A rate stands on at least 40 possible sessions (four weeks), added up over schools; it is of the school with most of
-- them. An incident is a day on which a suspension or exclusion of any kind began.
with linked as (
  select assessment_name, subject from model_impact__windows where not has_person_time
  union
  select exit_assessment_name, subject from model_impact__windows where not has_person_time
),
dated as (
  select
    a.pupil_key, a.school_urn, a.assessment_name, a.subject, a.scale, a.half_term, h.half_term_index, a.assessed_date,
    a.score,
    row_number() over (
      partition by a.pupil_key, a.assessment_name, a.subject, a.assessed_date
      order by case when r.pupil_key is null then 1 else 0 end, h.half_term_index desc, a.school_urn, r.entry_date
    ) as place
  from core_assessments a
  cross join core_run run
  join linked l on l.assessment_name = a.assessment_name and l.subject = a.subject
  join core_half_terms h on h.academic_year = a.academic_year and h.half_term = a.half_term
  left join core_enrolments r
    on r.pupil_key = a.pupil_key and r.school_urn = a.school_urn and r.entry_date <= a.assessed_date
    and coalesce(r.leaving_date, a.assessed_date) >= a.assessed_date
  where a.scale in ('STANDARDISED', 'AGE', 'POINTS', 'BAND', 'PRE_KEY_STAGE') and a.score is not null
    and a.assessed_date <= run.data_date
),
half_terms as (
  select
    t.academic_year, t.half_term, t.half_term_index, t.start_date, t.end_date,
    row_number() over (order by t.half_term_index) as place
  from core_half_terms t
  where t.half_term <> 'Entry'
),
wanted as (
  select distinct assessment_name, subject, entry_to_date as last_date from model_impact__windows where has_person_time
  union
  select distinct assessment_name, subject, exit_to_date from model_impact__windows where has_person_time
),
attended as (
  select
    a.pupil_key, a.school_urn, h.place, a.possible_sessions_count as possible_count,
    least(a.authorised_sessions_count + a.unauthorised_sessions_count, a.possible_sessions_count) as missed_count
  from core_attendance a
  join half_terms h on h.academic_year = a.academic_year and h.half_term = a.half_term
  where exists (select 1 from wanted)
),
main_school as (
  select
    pupil_key, place, school_urn,
    row_number() over (partition by pupil_key, place order by possible_count desc, school_urn) as rank_of_school
  from attended
),
suspended as (
  select s.pupil_key, h.place, count(distinct s.start_date) as incidents_count
  from core_suspensions s
  join half_terms h on h.start_date <= s.start_date and s.start_date <= h.end_date
  group by s.pupil_key, h.place
),
by_half_term as (
  select
    a.pupil_key, a.place, sum(a.possible_count) as possible_count, sum(a.missed_count) as missed_count,
    max(coalesce(s.incidents_count, 0)) as incidents_count
  from attended a
  left join suspended s on s.pupil_key = a.pupil_key and s.place = a.place
  group by a.pupil_key, a.place
),
over_two as (
  select
    b.pupil_key, b.place, b.possible_count + coalesce(p.possible_count, 0) as possible_count,
    b.missed_count + coalesce(p.missed_count, 0) as missed_count,
    b.incidents_count + coalesce(p.incidents_count, 0) as incidents_count
  from by_half_term b
  left join by_half_term p on p.pupil_key = b.pupil_key and p.place = b.place - 1
)
select
  pupil_key, school_urn, assessment_name, subject, scale, half_term, half_term_index, assessed_date, score,
  cast(null as bigint) as possible_sessions_count
from dated
where place = 1
union all
select
  o.pupil_key, m.school_urn, w.assessment_name, w.subject,
  case when w.subject = 'Attendance' then 'ATTENDANCE' else 'INCIDENTS' end as scale,
  h.half_term, h.half_term_index, h.end_date as assessed_date,
  100 * cast(case when w.subject = 'Attendance' then o.missed_count else o.incidents_count end as double)
  / nullif(o.possible_count, 0) as score,
  cast(o.possible_count as bigint) as possible_sessions_count
from over_two o
cross join core_run run
join half_terms h on h.place = o.place
join wanted w on w.last_date = h.end_date
join main_school m on m.pupil_key = o.pupil_key and m.place = o.place and m.rank_of_school = 1
where o.possible_count >= 40 and h.end_date <= run.data_date
