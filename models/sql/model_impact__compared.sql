-- Who could be compared (METHODS A2): pupils with the same tests on the same scale in the same two half-terms, of the
-- same phase, within two year groups, on roll in one school throughout, who had not started the intervention and had
-- no similar one meanwhile. Similar: of the same subject or outcome domain; where an intervention has neither, of the
-- same area of need. Who could stand for several windows is given one by a digest, which knows nothing of scores.
-- Who missed the second test stays in, for attrition on both sides; a year group that a school did not give it to
-- missed nothing and stays out.
with pairs as (
  select
    intervention_name, assessment_name, exit_assessment_name, subject, scale, entry_half_term_index as entry_index,
    exit_half_term_index as exit_index, bool_or(is_rate) as is_rate, max(area_of_need) as area_of_need,
    coalesce(max(outcome_domain), subject) as outcome_domain, min(entry_half_term) as entry_half_term,
    min(exit_half_term) as exit_half_term, min(started_date) as start_date, max(end_date) as end_date,
    max(exit_date) as last_exit_date, min(academic_year) as academic_year
  from model_impact__treated
  where entry_score is not null and exit_score is not null
  group by
    intervention_name, assessment_name, exit_assessment_name, subject, scale, entry_half_term_index,
    exit_half_term_index
),
cohorts as (
  select
    pupil_key, year(birth_date) + case when month(birth_date) >= 9 then 1 else 0 end + 4 as reception_year
  from core_pupils
),
pair_years as (
  select distinct
    t.intervention_name, t.assessment_name, t.exit_assessment_name, t.subject, t.scale,
    t.entry_half_term_index as entry_index, t.exit_half_term_index as exit_index, c.is_special,
    t.academic_year - p.reception_year as nc_year_number
  from model_impact__treated t
  join cohorts p on p.pupil_key = t.pupil_key
  join core_schools c on c.school_urn = t.school_urn
  where t.entry_score is not null and t.exit_score is not null
),
tests_held as (
  select distinct t.school_urn, p.reception_year, t.assessment_name, t.subject, t.scale, t.half_term_index
  from model_impact__scores t
  join cohorts p on p.pupil_key = t.pupil_key
),
candidates as (
  select
    w.*, e.pupil_key, e.school_urn, e.score as entry_score, e.assessed_date as entry_date,
    e.possible_sessions_count as person_sessions_before, c.is_special,
    w.academic_year - p.reception_year as nc_year_number,
    row_number() over (
      partition by
        w.intervention_name, w.assessment_name, w.exit_assessment_name, w.subject, w.scale, w.entry_index,
        w.exit_index, e.pupil_key
      order by e.assessed_date desc, r.entry_date
    ) as place
  from pairs w
  join model_impact__scores e
    on e.assessment_name = w.assessment_name and e.subject = w.subject and e.scale = w.scale
    and e.half_term_index = w.entry_index
  join cohorts p on p.pupil_key = e.pupil_key
  join tests_held h
    on h.school_urn = e.school_urn and h.reception_year = p.reception_year
    and h.assessment_name = w.exit_assessment_name and h.subject = w.subject and h.scale = w.scale
    and h.half_term_index = w.exit_index
  join core_enrolments r
    on r.pupil_key = e.pupil_key and r.school_urn = e.school_urn and r.entry_date <= e.assessed_date
    and coalesce(r.leaving_date, w.end_date) >= w.end_date
  join core_schools c on c.school_urn = e.school_urn
),
eligible as (
  select c.*
  from candidates c
  where c.place = 1
    and exists (
      select 1 from pair_years y
      where y.intervention_name = c.intervention_name and y.assessment_name = c.assessment_name
        and y.exit_assessment_name = c.exit_assessment_name and y.subject = c.subject and y.scale = c.scale
        and y.entry_index = c.entry_index and y.exit_index = c.exit_index and y.is_special = c.is_special
        and (y.is_special or (y.nc_year_number >= 7) = (c.nc_year_number >= 7))
        and y.nc_year_number between c.nc_year_number - 2 and c.nc_year_number + 2
    )
    and not exists (
      select 1 from model_interventions__starters s
      where s.pupil_key = c.pupil_key and s.started_date <= c.end_date
        and (
          s.intervention_name = c.intervention_name
          or (
            s.end_date >= c.start_date
            and (
              s.subject = c.subject or coalesce(s.outcome_domain, s.subject) = c.outcome_domain
              or (s.subject is null and s.outcome_domain is null and s.area_of_need = c.area_of_need)
            )
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
        entry_index, exit_index, exit_assessment_name, scale
    ) as choice
  from eligible
),
earlier as (
  select
    c.intervention_name, c.assessment_name, c.subject, c.pupil_key, t.score,
    row_number() over (
      partition by c.intervention_name, c.assessment_name, c.subject, c.pupil_key order by t.assessed_date desc
    ) as place
  from placed c
  join model_impact__scores t
    on t.pupil_key = c.pupil_key and t.assessment_name = c.assessment_name and t.subject = c.subject
    and t.scale = c.scale and t.half_term_index < c.entry_index and t.assessed_date < c.entry_date
    and t.assessed_date > cast(c.start_date - interval 365 day as date)
  where c.choice = 1 and not c.is_rate
),
exits as (
  select
    c.intervention_name, c.assessment_name, c.subject, c.pupil_key, t.score, t.assessed_date,
    t.possible_sessions_count,
    row_number() over (
      partition by c.intervention_name, c.assessment_name, c.subject, c.pupil_key order by t.assessed_date
    ) as place
  from placed c
  join model_impact__scores t
    on t.pupil_key = c.pupil_key and t.school_urn = c.school_urn and t.assessment_name = c.exit_assessment_name
    and t.subject = c.subject and t.scale = c.scale and t.half_term_index = c.exit_index
    and t.assessed_date > c.entry_date
  where c.choice = 1
),
last_days as (
  select
    pupil_key, school_urn, max(leaving_date) as last_date,
    count(*) = count(leaving_date) as has_left
  from core_enrolments
  group by pupil_key, school_urn
)
select
  c.intervention_name, c.assessment_name, c.exit_assessment_name, c.subject, c.scale, c.pupil_key, c.school_urn,
  c.academic_year, c.start_date as started_date, c.entry_half_term, c.entry_date, c.entry_score,
  (c.entry_score + coalesce(e.score, c.entry_score)) / 2 as baseline_score,
  cast(1 + case when e.score is not null then 1 else 0 end as bigint) as baseline_scores_count,
  case when x.score is not null then c.exit_half_term end as exit_half_term, x.assessed_date as exit_date,
  x.score as exit_score,
  case
    when x.score is not null then null
    when l.has_left and l.last_date < c.last_exit_date then 'LEFT'
    else 'NO_TEST'
  end as missing_reason,
  c.person_sessions_before, x.possible_sessions_count as person_sessions_after
from placed c
left join earlier e
  on e.intervention_name = c.intervention_name and e.assessment_name = c.assessment_name and e.subject = c.subject
  and e.pupil_key = c.pupil_key and e.place = 1
left join exits x
  on x.intervention_name = c.intervention_name and x.assessment_name = c.assessment_name and x.subject = c.subject
  and x.pupil_key = c.pupil_key and x.place = 1
left join last_days l on l.pupil_key = c.pupil_key and l.school_urn = c.school_urn
where c.choice = 1
