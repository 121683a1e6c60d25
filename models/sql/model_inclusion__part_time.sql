-- Part-time timetables that run on the data date, of pupils on roll. The review is due on the day that the school wrote
-- down, else six weeks after the last review or the start. Days are those past it, and past the planned end; 0 if none.
with running as (
  select
    t.pupil_key, t.school_urn, t.start_date, t.planned_end_date, t.weekly_sessions_count, t.last_review_date,
    coalesce(t.next_review_date, cast(coalesce(t.last_review_date, t.start_date) + interval 42 day as date))
      as review_due_date,
    p.sen_provision, p.nc_year, run.data_date
  from core_part_time t
  cross join core_run run
  join model_pupils__on_roll p on p.pupil_key = t.pupil_key and p.school_urn = t.school_urn
  left join core_deceased x on x.pupil_key = t.pupil_key
  where t.start_date <= run.data_date and coalesce(t.end_date, run.data_date) >= run.data_date and x.pupil_key is null
)
select
  pupil_key, school_urn, start_date, planned_end_date, weekly_sessions_count, last_review_date, review_due_date,
  sen_provision, nc_year,
  cast(date_diff('day', start_date, data_date) as bigint) as running_days,
  cast(greatest(date_diff('day', review_due_date, data_date), 0) as bigint) as review_overdue_days,
  cast(greatest(coalesce(date_diff('day', planned_end_date, data_date), 0), 0) as bigint) as beyond_end_days
from running
