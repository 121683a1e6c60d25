-- What the authority's record says of each leaver on the last day of each month, August to July after leaving: the
-- records are a month's state, so its last day stands for the month. Of two records of a day the one established last
-- counts; a lapsed one, or one of "not known", says nothing.
with month_numbers as (
  select 0 as months union all select 1 union all select 2 union all select 3 union all select 4 union all select 5
  union all select 6 union all select 7 union all select 8 union all select 9 union all select 10 union all select 11
),
months as (
  select
    l.pupil_key, l.school_urn, l.leaving_date,
    last_day(
      make_date(
        cast(l.academic_year as int) + 1 + case when n.months > 4 then 1 else 0 end,
        case when n.months > 4 then n.months - 4 else n.months + 8 end, 1
      )
    ) as month_date
  from core_leavers l
  cross join month_numbers n
  where l.leaver_stage <> 'Year 6'
),
told as (
  select
    m.pupil_key, m.school_urn, m.leaving_date, m.month_date, c.destination_category, a.activity_code,
    row_number() over (
      partition by m.pupil_key, m.school_urn, m.leaving_date, m.month_date
      order by a.known_date desc, a.start_date desc, a.activity_code
    ) as newest
  from months m
  cross join core_run run
  join core_activity_spells a
    on a.pupil_key = m.pupil_key and a.start_date <= m.month_date
    and coalesce(a.until_date, m.month_date) >= m.month_date
  join core_destination_codes c
    on c.destination_code = a.activity_code and c.destination_category <> 'Not known'
  where m.month_date <= run.data_date
)
select
  pupil_key, school_urn, leaving_date, month_date,
  case
    when activity_code = '310' then 'APPRENTICESHIP'
    when destination_category = 'Employment' then 'WORK'
    when destination_category = 'Education' and activity_code not in ('260', '290') then 'STUDY'
    when destination_category = 'Training' then 'STUDY'
    else 'OTHER'
  end as month_activity
from told
where newest = 1
