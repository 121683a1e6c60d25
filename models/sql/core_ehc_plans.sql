-- EHC plans; the school's reference is only unique within the school, so the key has both.
select
  school_urn || ':' || plan_reference as plan_key,
  pupil_key, school_urn, plan_start_date, cease_date, cease_reason_code, sen_type, funding_band
from clean_ehc_tracker__plans
