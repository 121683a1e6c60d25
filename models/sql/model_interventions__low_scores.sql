-- Pupils on roll whose latest standardised score in a subject, not older than a year, is low; and whether they are in a
-- group that runs on the data date, whatever its name.
with latest as (
  select
    a.pupil_key, a.subject, a.assessment_name, a.score, a.assessed_date,
    row_number() over (
      partition by a.pupil_key, a.subject
      order by a.assessed_date desc, a.academic_year desc, a.half_term, a.school_urn, a.assessment_name
    ) as place
  from core_assessments a
  cross join core_run run
  where a.scale = 'STANDARDISED' and a.score is not null
    and a.assessed_date <= run.data_date and a.assessed_date > cast(run.data_date - interval 365 day as date)
),
supported as (
  select distinct p.pupil_key
  from core_intervention_pupils p
  cross join core_run run
  where p.start_date <= run.data_date and p.end_date >= run.data_date
)
select
  r.pupil_key, r.school_urn, r.nc_year, r.sen_provision, l.subject, l.assessment_name, l.score, l.assessed_date,
  s.pupil_key is not null as is_supported
from model_pupils__on_roll r
cross join core_screening c
join latest l on l.pupil_key = r.pupil_key and l.place = 1 and l.score < c.low_score
left join supported s on s.pupil_key = r.pupil_key
