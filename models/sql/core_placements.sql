-- Placements in alternative provision: one row each.
select
  pupil_key, school_urn, provider_name, start_date, planned_end_date, end_date, placement_sessions_count,
  is_registered_school, last_visit_date
from clean_inclusion__placements
