-- Placements in alternative provision that run on the data date, of pupils on roll.
select
  a.pupil_key, a.school_urn, a.provider_name, a.start_date, a.planned_end_date, a.placement_sessions_count,
  a.is_registered_school, a.last_visit_date, p.sen_provision, p.nc_year,
  cast(date_diff('day', a.start_date, run.data_date) as bigint) as running_days,
  cast(greatest(coalesce(date_diff('day', a.planned_end_date, run.data_date), 0), 0) as bigint) as beyond_end_days
from core_placements a
cross join core_run run
join model_pupils__on_roll p on p.pupil_key = a.pupil_key and p.school_urn = a.school_urn
left join core_deceased x on x.pupil_key = a.pupil_key
where a.start_date <= run.data_date and coalesce(a.end_date, run.data_date) >= run.data_date and x.pupil_key is null
