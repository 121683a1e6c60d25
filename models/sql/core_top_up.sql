-- Element 3 for a full year, per plan.
select
  funded_school_urn || ':' || plan_reference as plan_key,
  funded_school_urn as school_urn, financial_year, funding_band, top_up_pence
from clean_money__top_up
