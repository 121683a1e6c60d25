-- Who was on roll on each of two days, the data date and 365 days before, with SEN status as it stood in that school on
-- that day. Both rolls are counted here, so that they are counted alike.
with days as (
  select run.data_date as roll_date from core_run run
  union all
  select cast(run.data_date - interval 365 day as date) as roll_date from core_run run
),
spells as (
  select
    d.roll_date, e.pupil_key, e.school_urn, e.nc_year,
    row_number() over (
      partition by d.roll_date, e.pupil_key, e.school_urn order by e.entry_date desc, coalesce(e.nc_year, '')
    ) as place
  from core_enrolments e
  cross join days d
  where e.entry_date <= d.roll_date and coalesce(e.leaving_date, d.roll_date) >= d.roll_date
),
statuses as (
  select
    d.roll_date, s.pupil_key, s.school_urn, s.sen_provision,
    row_number() over (
      partition by d.roll_date, s.pupil_key, s.school_urn order by s.start_date desc, s.sen_provision
    ) as place
  from core_sen_status s
  cross join days d
  where s.start_date <= d.roll_date and coalesce(s.end_date, d.roll_date) >= d.roll_date
)
select e.roll_date, e.pupil_key, e.school_urn, e.nc_year, coalesce(s.sen_provision, 'N') as sen_provision
from spells e
left join statuses s
  on s.roll_date = e.roll_date and s.pupil_key = e.pupil_key and s.school_urn = e.school_urn and s.place = 1
where e.place = 1
