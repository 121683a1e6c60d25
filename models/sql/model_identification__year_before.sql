-- Who was on roll 365 days before the data date, with SEN status as it stood in that school on that day. The roll of
-- today is counted in the same way (model_pupils__on_roll).
with days as (
  select cast(data_date - interval 365 day as date) as status_date from core_run
),
spells as (
  select distinct e.pupil_key, e.school_urn
  from core_enrolments e
  cross join days d
  where e.entry_date <= d.status_date and coalesce(e.leaving_date, d.status_date) >= d.status_date
),
statuses as (
  select
    s.pupil_key, s.school_urn, s.sen_provision,
    row_number() over (
      partition by s.pupil_key, s.school_urn order by s.start_date desc, s.sen_provision
    ) as place
  from core_sen_status s
  cross join days d
  where s.start_date <= d.status_date and coalesce(s.end_date, d.status_date) >= d.status_date
)
select e.pupil_key, e.school_urn, coalesce(s.sen_provision, 'N') as sen_provision
from spells e
left join statuses s on s.pupil_key = e.pupil_key and s.school_urn = e.school_urn and s.place = 1
