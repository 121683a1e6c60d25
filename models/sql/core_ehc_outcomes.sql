-- The outcomes of section E of each plan and where each stands.
select
  school_urn || ':' || plan_reference as plan_key,
  school_urn, outcome_number, area_of_need, due_date, status, evidence_date
from clean_ehc_tracker__outcomes
