-- The authority's record by spell, and until when each can be relied on. A record that lapsed is good until the day
-- before it lapsed; flagged as lapsed without a day it is good on none. Somebody in neither education nor work is so
-- from the day that the record names, where that is earlier than the activity's own.
with spells as (
  select
    pupil_key, activity_code, start_date as told_start_date, end_date, is_currency_lapsed, lapse_due_date,
    case when substr(activity_code, 1, 1) = '6' then least(start_date, coalesce(neet_start_date, start_date))
      else start_date end as start_date,
    greatest(
      coalesce(ascertained_date, verified_date, start_date), coalesce(verified_date, ascertained_date, start_date)
    ) as known_date
  from clean_nccis__activities
),
ended as (
  select
    pupil_key, activity_code, start_date, end_date, known_date,
    case
      when lapse_due_date is not null then
        least(coalesce(end_date, lapse_due_date), cast(lapse_due_date - interval 1 day as date))
      when coalesce(is_currency_lapsed, false) then cast(start_date - interval 1 day as date)
      else end_date
    end as until_date,
    row_number() over (
      partition by pupil_key, activity_code, start_date order by known_date desc, told_start_date desc
    ) as newest
  from spells
)
select pupil_key, activity_code, start_date, end_date, until_date, known_date
from ended
where newest = 1
