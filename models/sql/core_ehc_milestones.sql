-- The steps towards each outcome of a plan, as the school's tracker has them.
select
  school_urn || ':' || plan_reference as plan_key,
  school_urn, outcome_number, milestone_number, target_date, milestone_status, evidence_date, evidence_kind
from clean_ehc_tracker__milestones
