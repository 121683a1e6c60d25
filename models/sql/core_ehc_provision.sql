-- What section F of each plan promises, line by line and year by year.
select
  school_urn || ':' || plan_reference as plan_key,
  school_urn, line_number, academic_year, provision_type, staff_grade, hours_per_week, weeks_per_year, group_size_count,
  fixed_pence, planned_sessions_count, delivered_sessions_count
from clean_ehc_tracker__provision
