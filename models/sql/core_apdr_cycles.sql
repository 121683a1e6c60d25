-- Assess-plan-do-review cycles as the school recorded them.
select
  pupil_key, school_urn, cycle_number, area_of_need, assessed_date, planned_date, started_date, review_due_date,
  reviewed_date, cycle_outcome, cycle_next_step, group_reference, is_pupil_view_recorded, is_parent_view_recorded,
  is_provision_changed
from clean_apdr__cycles
