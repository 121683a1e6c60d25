-- Who could be compared (METHODS A2): pupils with the same tests on the same scale in the same two half-terms, of the
-- same phase, within two year groups, on roll in one school throughout, who had not started the intervention and had
-- no similar one meanwhile. Similar: of the same subject or outcome domain; where an intervention has neither, of the
-- same area of need. Who could stand for several windows is given one by a digest, which knows nothing of scores.
-- Who missed the second test stays in, for attrition on both sides; a year group that a school did not give it to
-- missed nothing and stays out.
with informing as (
  select
    dense_rank() over (
      order by
        intervention_name, assessment_name, subject, entry_half_term_index, exit_half_term_index,
        exit_assessment_name, scale
    ) as window_number, *
  from model_impact__treated
  where entry_score is not null and exit_score is not null
),
windows as (
  select
    window_number, intervention_name, assessment_name, exit_assessment_name, subject, scale, has_person_time,
    entry_half_term_index, exit_half_term_index, min(exit_half_term) as exit_half_term,
    max(area_of_need) as area_of_need, coalesce(max(outcome_domain), subject) as outcome_domain,
    min(started_date) as start_date, max(end_date) as end_date, max(exit_date) as last_exit_date,
    min(academic_year) as academic_year
  from informing
  group by
    window_number, intervention_name, assessment_name, exit_assessment_name, subject, scale, has_person_time,
    entry_half_term_index, exit_half_term_index
),
cohorts as (
  select
    pupil_key, year(birth_date) + case when month(birth_date) >= 9 then 1 else 0 end + 4 as reception_year
  from core_pupils
),
taking_part as (
  select distinct t.window_number, c.is_special, t.academic_year - p.reception_year as nc_year_number
  from informing t
  join cohorts p on p.pupil_key = t.pupil_key
  join core_schools c on c.school_urn = t.school_urn
),
steps as (
  select -2 as years union all select -1 union all select 0 union all select 1 union all select 2
),
year_groups as (
  select distinct t.window_number, t.is_special, t.nc_year_number + s.years as nc_year_number
  from taking_part t
  cross join steps s
  where t.is_special or (t.nc_year_number >= 7) = (t.nc_year_number + s.years >= 7)
),
tests_held as (
  select distinct t.school_urn, p.reception_year, t.assessment_name, t.subject, t.scale, t.half_term_index
  from model_impact__scores t
  join cohorts p on p.pupil_key = t.pupil_key
),
candidates as (
  select
    w.window_number, e.pupil_key, e.school_urn, e.assessed_date as entry_date,
    row_number() over (
      partition by w.window_number, e.pupil_key order by e.assessed_date desc, r.entry_date
    ) as place
  from windows w
  join model_impact__scores e
    on e.assessment_name = w.assessment_name and e.subject = w.subject and e.scale = w.scale
    and e.half_term_index = w.entry_half_term_index
  join cohorts p on p.pupil_key = e.pupil_key
  join core_schools c on c.school_urn = e.school_urn
  join year_groups y
    on y.window_number = w.window_number and y.is_special = c.is_special
    and y.nc_year_number = w.academic_year - p.reception_year
  join tests_held h
    on h.school_urn = e.school_urn and h.reception_year = p.reception_year
    and h.assessment_name = w.exit_assessment_name and h.subject = w.subject and h.scale = w.scale
    and h.half_term_index = w.exit_half_term_index
  join core_enrolments r
    on r.pupil_key = e.pupil_key and r.school_urn = e.school_urn and r.entry_date <= e.assessed_date
    and coalesce(r.leaving_date, w.end_date) >= w.end_date
),
supported as (
  select distinct w.window_number, s.pupil_key
  from windows w
  join model_interventions__starters s on s.started_date <= w.end_date
  where s.intervention_name = w.intervention_name
    or (
      s.end_date >= w.start_date
      and (
        s.subject = w.subject or coalesce(s.outcome_domain, s.subject) = w.outcome_domain
        or (s.subject is null and s.outcome_domain is null and s.area_of_need = w.area_of_need)
      )
    )
),
eligible as (
  select
    c.window_number, c.pupil_key, c.school_urn, c.entry_date,
    row_number() over (
      partition by w.intervention_name, w.assessment_name, w.subject, c.pupil_key
      order by
        md5(
          concat(
            c.pupil_key, '|', cast(w.entry_half_term_index as varchar), '|', cast(w.exit_half_term_index as varchar)
          )
        ),
        c.window_number
    ) as choice
  from candidates c
  join windows w on w.window_number = c.window_number
  left join supported s on s.window_number = c.window_number and s.pupil_key = c.pupil_key
  where c.place = 1 and s.pupil_key is null
),
chosen as (
  select w.*, c.pupil_key, c.school_urn, c.entry_date
  from eligible c
  join windows w on w.window_number = c.window_number
  where c.choice = 1
),
earlier as (
  select
    c.window_number, c.pupil_key, t.score,
    row_number() over (partition by c.window_number, c.pupil_key order by t.assessed_date desc) as place
  from chosen c
  join model_impact__scores t
    on t.pupil_key = c.pupil_key and t.assessment_name = c.assessment_name and t.subject = c.subject
    and t.scale = c.scale and t.half_term_index < c.entry_half_term_index and t.assessed_date < c.entry_date
    and t.assessed_date > cast(c.start_date - interval 365 day as date)
  where not c.has_person_time
),
exits as (
  select
    c.window_number, c.pupil_key, t.score, t.assessed_date, t.possible_sessions_count,
    row_number() over (partition by c.window_number, c.pupil_key order by t.assessed_date) as place
  from chosen c
  join model_impact__scores t
    on t.pupil_key = c.pupil_key and t.school_urn = c.school_urn and t.assessment_name = c.exit_assessment_name
    and t.subject = c.subject and t.scale = c.scale and t.half_term_index = c.exit_half_term_index
    and t.assessed_date > c.entry_date
),
last_days as (
  select pupil_key, school_urn, max(leaving_date) as last_date, count(*) = count(leaving_date) as has_left
  from core_enrolments
  group by pupil_key, school_urn
)
select
  c.intervention_name, c.assessment_name, c.exit_assessment_name, c.subject, c.scale, c.pupil_key, c.school_urn,
  c.academic_year, c.start_date as started_date, t.half_term as entry_half_term,
  case when x.score is not null then c.exit_half_term end as exit_half_term, c.entry_date,
  x.assessed_date as exit_date, t.score as entry_score,
  (t.score + coalesce(e.score, t.score)) / 2 as baseline_score,
  cast(1 + case when e.score is not null then 1 else 0 end as bigint) as baseline_scores_count,
  x.score as exit_score,
  case
    when x.score is not null then null
    when l.has_left and l.last_date < c.last_exit_date then 'LEFT'
    else 'NO_TEST'
  end as missing_reason,
  t.possible_sessions_count as before_sessions_count, x.possible_sessions_count as after_sessions_count
from chosen c
join model_impact__scores t
  on t.pupil_key = c.pupil_key and t.assessment_name = c.assessment_name and t.subject = c.subject
  and t.assessed_date = c.entry_date
left join earlier e on e.window_number = c.window_number and e.pupil_key = c.pupil_key and e.place = 1
left join exits x on x.window_number = c.window_number and x.pupil_key = c.pupil_key and x.place = 1
left join last_days l on l.pupil_key = c.pupil_key and l.school_urn = c.school_urn
