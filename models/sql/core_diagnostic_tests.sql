-- Diagnostic tests as the trust's register has them.
select
  test_name, publisher, sen_type, second_sen_type, third_sen_type, youngest_age, oldest_age, list_price_pence,
  tier_price_pence, tier_from_units, licence_kind, reuse_months
from clean_registers__diagnostic_tests
