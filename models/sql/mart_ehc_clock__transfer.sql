-- Pupils with a plan who change phase at the end of this year, by name.
select
  t.plan_key, t.pupil_key, t.school_urn, c.surname, c.forename, t.nc_year, t.transfer_stage, t.is_move_certain,
  t.transfer_due_date, t.review_by_date, t.meeting_date, t.decision_date, t.amended_plan_date, t.transfer_standing,
  t.transfer_late_days, t.owed_by
from model_ehc_clock__transfers t
join core_pupils c on c.pupil_key = t.pupil_key
