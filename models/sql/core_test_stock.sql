-- Purchases of diagnostic tests by schools of the trust; a school that is none of them has no figures.
select
  t.stock_school_urn as school_urn, t.test_name, t.bought_date, t.bought_units, t.paid_pence, t.used_units, t.expiry_date
from clean_registers__test_stock t
join core_schools s on s.school_urn = t.stock_school_urn
