-- The outcomes of section E of each plan, where each stands and where it stood at the last two reviews.
select
  school_urn || ':' || plan_reference as plan_key,
  school_urn, outcome_number, area_of_need, due_date, status, evidence_date, set_date, preparation_area,
  last_review_status, earlier_review_status
from clean_ehc_tracker__outcomes
