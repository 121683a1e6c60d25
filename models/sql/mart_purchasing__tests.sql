-- Stock of diagnostic tests by school, for the staff app.
select
  school_urn, test_name, licence_kind, bought_units, used_units, left_units, expired_units, expiring_units, expiry_date,
  year_units, year_priced_units, year_paid_pence, year_unit_price_pence, yearly_use_units, reserve_units
from model_purchasing__stock
