-- What a fair comparison of identification has to allow for, of each pupil on roll: year band, free school meals, the
-- latest scores, absence. Low scores persist when the latest two of one subject, within two years, are both low.
with scores as (
  select
    a.pupil_key, a.subject, a.score, a.assessed_date, run.data_date,
    row_number() over (
      partition by a.pupil_key, a.subject
      order by a.assessed_date desc, a.academic_year desc, a.half_term, a.school_urn, a.assessment_name
    ) as place
  from core_assessments a
  cross join core_run run
  where a.scale = 'STANDARDISED' and a.score is not null
    and a.assessed_date <= run.data_date and a.assessed_date > cast(run.data_date - interval 730 day as date)
),
latest as (
  select pupil_key, avg(score) as mean_score
  from scores
  where place = 1 and assessed_date > cast(data_date - interval 365 day as date)
  group by pupil_key
),
staying_low as (
  select s.pupil_key, s.subject
  from scores s
  cross join core_screening c
  where s.place <= 2 and s.score < c.low_score
  group by s.pupil_key, s.subject
  having count(*) = 2
),
low as (
  select distinct pupil_key from staying_low
),
attended as (
  select
    a.pupil_key, a.school_urn, a.possible_sessions_count,
    a.authorised_sessions_count + a.unauthorised_sessions_count as missed_sessions_count,
    row_number() over (partition by a.pupil_key, a.school_urn order by h.half_term_index desc) as place
  from core_attendance a
  join core_half_terms h on h.academic_year = a.academic_year and h.half_term = a.half_term
  cross join core_run run
  where h.end_date <= run.data_date and h.end_date > cast(run.data_date - interval 365 day as date)
),
absence as (
  select
    pupil_key, school_urn,
    least(1.0, cast(sum(missed_sessions_count) as double) / nullif(sum(possible_sessions_count), 0)) as absence_rate
  from attended
  where place <= 4
  group by pupil_key, school_urn
)
select
  r.pupil_key, r.school_urn, r.nc_year, r.sen_provision, r.sen_type, p.sex, r.is_fsm, r.is_eal,
  case
    when r.nc_year in ('E1', 'E2', 'N1', 'N2', 'R', '1', '2') then 'To year 2'
    when r.nc_year in ('3', '4', '5', '6') then 'Years 3 to 6'
    when r.nc_year in ('7', '8', '9') then 'Years 7 to 9'
    when r.nc_year in ('10', '11', '12', '13', '14') then 'Years 10 and on'
    else 'Not by year'
  end as year_band,
  case
    when l.mean_score is null then 'No score in a year'
    when l.mean_score < c.low_score then 'Below the low score'
    when l.mean_score < 100 then 'Low score to 99'
    else '100 and above'
  end as score_band,
  a.absence_rate, w.pupil_key is not null as has_low_scores
from model_pupils__on_roll r
join core_pupils p on p.pupil_key = r.pupil_key
cross join core_screening c
left join latest l on l.pupil_key = r.pupil_key
left join low w on w.pupil_key = r.pupil_key
left join absence a on a.pupil_key = r.pupil_key and a.school_urn = r.school_urn
