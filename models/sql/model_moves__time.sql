-- Days on roll and moves of the last three years, by school and by SEN or not on the day. A pupil who joins the register
-- counts without SEN until then and with SEN from then on.
with run as (
  select data_date, cast(data_date - interval 3 year as date) as from_date from core_run
),
on_roll as (
  select
    e.pupil_key, e.school_urn, greatest(e.entry_date, run.from_date) as first_date,
    least(coalesce(e.leaving_date, run.data_date), run.data_date) as last_date
  from core_enrolments e
  cross join run
  where e.entry_date <= run.data_date and coalesce(e.leaving_date, run.data_date) >= run.from_date
),
all_days as (
  select school_urn, sum(date_diff('day', first_date, last_date) + 1) as roll_days from on_roll group by school_urn
),
sen_days as (
  select
    r.school_urn,
    sum(
      date_diff('day', greatest(r.first_date, s.start_date), least(r.last_date, coalesce(s.end_date, r.last_date))) + 1
    ) as roll_days
  from on_roll r
  join core_sen_status s
    on s.pupil_key = r.pupil_key and s.school_urn = r.school_urn and s.sen_provision <> 'N'
    and s.start_date <= r.last_date and coalesce(s.end_date, r.last_date) >= r.first_date
  group by r.school_urn
),
moved as (
  select m.school_urn, m.sen_provision <> 'N' as has_sen, m.move_type, count(*) as moves_count
  from core_moves m
  cross join run
  where m.leaving_date >= run.from_date
  group by m.school_urn, m.sen_provision <> 'N', m.move_type
)
select school_urn, true as has_sen, 'STAYED' as move_type, cast(roll_days as bigint) as roll_days, 0 as moves_count
from sen_days
union all
select a.school_urn, false, 'STAYED', cast(a.roll_days - coalesce(s.roll_days, 0) as bigint), 0
from all_days a
left join sen_days s on s.school_urn = a.school_urn
union all
select school_urn, has_sen, move_type, 0, moves_count
from moved
