-- Licences by school with the days to their renewal, for the staff app.
select
  l.school_urn, l.product_name, l.seats_count, l.yearly_price_pence, l.renewal_date, l.active_users_count,
  date_diff('day', run.data_date, l.renewal_date) as renewal_days,
  cast(round(l.yearly_price_pence / nullif(cast(l.seats_count as double), 0)) as bigint) as seat_price_pence
from core_licences l
cross join core_run run
