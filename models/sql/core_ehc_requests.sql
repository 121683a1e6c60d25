-- Requests for an EHC needs assessment.
select
  pupil_key, school_urn, request_date, assess_decision_date, is_assessment_agreed, final_plan_date, no_plan_date,
  is_exception
from clean_ehc_tracker__requests
