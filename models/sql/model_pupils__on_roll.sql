-- Who is on roll on the data date, with SEN status and main need as they stand in that school on that day.
with needs as (
  select
    n.pupil_key, n.school_urn, n.sen_type,
    row_number() over (
      partition by n.pupil_key, n.school_urn order by n.sen_type_rank, n.need_source desc, n.start_date desc, n.sen_type
    ) as place
  from core_sen_needs n
  cross join core_run run
  where n.start_date <= run.data_date and coalesce(n.end_date, run.data_date) >= run.data_date
)
select r.pupil_key, r.school_urn, r.nc_year, r.sen_provision, n.sen_type, p.is_fsm, p.is_eal
from model_pupils__roll_days r
join core_run run on run.data_date = r.roll_date
join core_pupils p on p.pupil_key = r.pupil_key
left join needs n on n.pupil_key = r.pupil_key and n.school_urn = r.school_urn and n.place = 1
