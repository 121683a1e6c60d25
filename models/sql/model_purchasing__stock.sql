-- What each school has of each diagnostic test: bought, used, left, out of date, and what a unit cost it in the last
-- year. A kit (PER_SCHOOL) is not used up; nor is a licence by the year. Use in a year is what was used of a purchase,
-- by the days since it was bought: of a purchase not yet a year old, all that was used so far.
with batches as (
  select
    s.school_urn, s.test_name, s.bought_date, s.bought_units, s.paid_pence, s.expiry_date, t.licence_kind, run.data_date,
    case when t.licence_kind = 'PER_PUPIL' then coalesce(s.used_units, 0) else 0 end as used_units,
    coalesce(s.expiry_date < run.data_date, false) as is_expired,
    coalesce(s.expiry_date <= cast(run.data_date + interval 90 day as date), false) as is_expiring,
    coalesce(s.expiry_date <= cast(run.data_date + interval 365 day as date), false) as is_out_in_a_year,
    s.bought_date > cast(run.data_date - interval 365 day as date) as is_of_the_year,
    greatest(365, date_diff('day', s.bought_date, run.data_date)) as days
  from core_test_stock s
  join core_diagnostic_tests t on t.test_name = s.test_name
  cross join core_run run
  where s.bought_date <= run.data_date and s.bought_units > 0
)
select
  school_urn, test_name, licence_kind,
  cast(sum(bought_units) as bigint) as bought_units,
  cast(sum(used_units) as bigint) as used_units,
  cast(sum(case when is_expired then 0 else bought_units - used_units end) as bigint) as left_units,
  cast(sum(case when is_expired then bought_units - used_units else 0 end) as bigint) as expired_units,
  cast(sum(case when is_expiring and not is_expired then bought_units - used_units else 0 end) as bigint)
    as expiring_units,
  min(case when not is_expired and bought_units > used_units then expiry_date end) as expiry_date,
  cast(sum(case when is_of_the_year then bought_units else 0 end) as bigint) as year_units,
  cast(sum(case when is_of_the_year and paid_pence is not null then bought_units else 0 end) as bigint)
    as year_priced_units,
  cast(sum(case when is_of_the_year then coalesce(paid_pence, 0) else 0 end) as bigint) as year_paid_pence,
  cast(round(
    sum(case when is_of_the_year then paid_pence end)
    / nullif(cast(sum(case when is_of_the_year and paid_pence is not null then bought_units end) as double), 0)
  ) as bigint) as year_unit_price_pence,
  cast(round(sum(used_units * 365.0 / days)) as bigint) as yearly_use_units,
  cast(sum(case when is_out_in_a_year then 0 else bought_units - used_units end) as bigint) as reserve_units
from batches
group by school_urn, test_name, licence_kind
