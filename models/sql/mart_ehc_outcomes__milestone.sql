-- Every milestone of the outcomes of active plans with the pupil's name.
select
  m.plan_key, m.pupil_key, m.school_urn, n.surname, n.forename, r.nc_year, o.area_of_need, m.outcome_number,
  m.milestone_number, m.target_date, m.milestone_status, m.evidence_date, m.evidence_kind, m.is_overdue, m.overdue_days,
  m.is_before_plan
from model_ehc_outcomes__milestones m
join model_ehc_outcomes__outcomes o on o.plan_key = m.plan_key and o.outcome_number = m.outcome_number
join model_pupils__on_roll r on r.pupil_key = m.pupil_key and r.school_urn = m.school_urn
join core_pupils n on n.pupil_key = m.pupil_key
