-- Who is on roll on the data date, with SEN status and main need as they stand in that school on that day.
with spells as (
  select
    e.pupil_key, e.school_urn, e.nc_year,
    row_number() over (
      partition by e.pupil_key, e.school_urn order by e.entry_date desc, coalesce(e.nc_year, '')
    ) as place
  from core_enrolments e
  cross join core_run run
  where e.entry_date <= run.data_date and coalesce(e.leaving_date, run.data_date) >= run.data_date
),
statuses as (
  select
    s.pupil_key, s.school_urn, s.sen_provision,
    row_number() over (
      partition by s.pupil_key, s.school_urn order by s.start_date desc, s.sen_provision
    ) as place
  from core_sen_status s
  cross join core_run run
  where s.start_date <= run.data_date and coalesce(s.end_date, run.data_date) >= run.data_date
),
needs as (
  select
    n.pupil_key, n.school_urn, n.sen_type,
    row_number() over (
      partition by n.pupil_key, n.school_urn order by n.sen_type_rank, n.need_source desc, n.start_date desc, n.sen_type
    ) as place
  from core_sen_needs n
  cross join core_run run
  where n.start_date <= run.data_date and coalesce(n.end_date, run.data_date) >= run.data_date
)
select
  e.pupil_key, e.school_urn, e.nc_year, coalesce(s.sen_provision, 'N') as sen_provision, n.sen_type, p.is_fsm, p.is_eal
from spells e
join core_pupils p on p.pupil_key = e.pupil_key
left join statuses s on s.pupil_key = e.pupil_key and s.school_urn = e.school_urn and s.place = 1
left join needs n on n.pupil_key = e.pupil_key and n.school_urn = e.school_urn and n.place = 1
where e.place = 1
