-- What counts as the score before and the score after, for everybody who started (METHODS A2). The first start counts,
-- in groups whose name the trust's catalogue knows.
-- A linked test: before = up to 42 days before the start, after = up to 42 days after the end, the last day included.
-- Attendance and suspensions, where the catalogue says that the intervention is meant to change them: before = the two
-- half-terms that ended last before the start, after = the first two that begin after the end; the half-terms in which
-- it began and ended count on neither side. Such a pair of half-terms is dated by its last day.
with half_terms as (
  select start_date, end_date, row_number() over (order by half_term_index) as place
  from core_half_terms
  where half_term <> 'Entry'
),
starts as (
  select
    s.intervention_name, s.pupil_key, s.school_urn, s.area_of_need, s.outcome_domain, s.assessment_name,
    coalesce(s.exit_assessment_name, s.assessment_name) as exit_assessment_name, s.subject, s.started_date, s.end_date,
    s.planned_sessions_count, s.attended_sessions_count
  from model_interventions__starters s
  where s.start_rank = 1 and s.is_in_catalogue
),
around as (
  select
    s.intervention_name, s.pupil_key,
    max(case when t.end_date < s.started_date then t.place end) as before_place,
    min(case when t.start_date > s.end_date and t.start_date > s.started_date then t.place end) as after_place
  from starts s
  cross join half_terms t
  where s.outcome_domain in ('Attendance', 'Behaviour')
  group by s.intervention_name, s.pupil_key
),
tested as (
  select
    s.intervention_name, s.assessment_name, s.exit_assessment_name, s.subject, s.pupil_key,
    cast(s.started_date - interval 42 day as date) as entry_from_date, s.started_date as entry_to_date,
    greatest(s.end_date, cast(s.started_date + interval 1 day as date)) as exit_from_date,
    greatest(cast(s.end_date + interval 42 day as date), s.started_date) as exit_to_date, false as has_person_time
  from starts s
  where s.assessment_name is not null and s.subject is not null
),
counted as (
  select
    s.intervention_name,
    case when s.outcome_domain = 'Attendance' then 'Attendance' else 'Suspensions' end as assessment_name,
    case when s.outcome_domain = 'Attendance' then 'Attendance' else 'Suspensions' end as exit_assessment_name,
    s.outcome_domain as subject, s.pupil_key, b.end_date as entry_from_date, b.end_date as entry_to_date,
    a.end_date as exit_from_date, a.end_date as exit_to_date, true as has_person_time
  from starts s
  join around p on p.intervention_name = s.intervention_name and p.pupil_key = s.pupil_key
  join half_terms b on b.place = p.before_place
  join half_terms a on a.place = p.after_place + 1
),
outcomes as (
  select * from tested
  union all
  select * from counted
)
select
  o.intervention_name, o.assessment_name, o.exit_assessment_name, o.subject, o.has_person_time, o.pupil_key,
  s.school_urn, s.area_of_need, s.outcome_domain,
  cast(year(s.started_date) - case when month(s.started_date) < 9 then 1 else 0 end as bigint) as academic_year,
  s.started_date, s.end_date, o.entry_from_date, o.entry_to_date, o.exit_from_date, o.exit_to_date,
  s.planned_sessions_count, s.attended_sessions_count
from outcomes o
join starts s on s.intervention_name = o.intervention_name and s.pupil_key = o.pupil_key
