-- Days on roll in the year to the data date and in the year before it, by school and SEN status on the day. A pupil who
-- joins the register counts without SEN until then and with SEN from then on.
with periods as (
  select
    true as is_latest, cast(data_date - interval 1 year + interval 1 day as date) as from_date, data_date as to_date
  from core_run
  union all
  select
    false, cast(data_date - interval 2 year + interval 1 day as date), cast(data_date - interval 1 year as date)
  from core_run
),
on_roll as (
  select
    e.pupil_key, e.school_urn, p.is_latest, greatest(e.entry_date, p.from_date) as first_date,
    least(coalesce(e.leaving_date, p.to_date), p.to_date) as last_date
  from core_enrolments e
  join periods p on e.entry_date <= p.to_date and coalesce(e.leaving_date, p.to_date) >= p.from_date
  left join core_deceased x on x.pupil_key = e.pupil_key
  where x.pupil_key is null
),
all_days as (
  select school_urn, is_latest, sum(date_diff('day', first_date, last_date) + 1) as roll_days
  from on_roll
  group by school_urn, is_latest
),
sen_days as (
  select
    r.school_urn, r.is_latest, s.sen_provision,
    sum(
      date_diff('day', greatest(r.first_date, s.start_date), least(r.last_date, coalesce(s.end_date, r.last_date))) + 1
    ) as roll_days
  from on_roll r
  join core_sen_status s
    on s.pupil_key = r.pupil_key and s.school_urn = r.school_urn and s.sen_provision <> 'N'
    and s.start_date <= r.last_date and coalesce(s.end_date, r.last_date) >= r.first_date
  group by r.school_urn, r.is_latest, s.sen_provision
),
together as (
  select school_urn, is_latest, sum(roll_days) as roll_days from sen_days group by school_urn, is_latest
)
select school_urn, is_latest, sen_provision, cast(roll_days as bigint) as roll_days
from sen_days
union all
select a.school_urn, a.is_latest, 'N', cast(a.roll_days - coalesce(t.roll_days, 0) as bigint)
from all_days a
left join together t on t.school_urn = a.school_urn and t.is_latest = a.is_latest
