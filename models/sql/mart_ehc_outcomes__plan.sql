-- Every outcome of the active plans with the pupil's name: the SENCO's list.
select
  o.plan_key, o.pupil_key, o.school_urn, n.surname, n.forename, r.nc_year, o.outcome_number, o.area_of_need,
  o.preparation_area, o.is_from_year_9, o.due_date, o.status, o.evidence_date, o.milestones_count,
  o.met_milestones_count, o.overdue_milestones_count, o.next_milestone_date, o.standing, o.standing_reason, o.is_current,
  o.review_change, o.change_basis, o.next_step, o.active_plans_count, o.has_plan_on_register
from model_ehc_outcomes__outcomes o
join model_pupils__on_roll r on r.pupil_key = o.pupil_key and r.school_urn = o.school_urn
join core_pupils n on n.pupil_key = o.pupil_key
