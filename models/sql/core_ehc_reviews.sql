-- Annual reviews of the plans, each with the days of its steps.
select
  school_urn || ':' || plan_reference as plan_key,
  school_urn, review_due_date, meeting_date, papers_sent_date, report_sent_date, decision_date, amended_plan_date,
  review_decision, is_adulthood_covered
from clean_ehc_tracker__reviews
