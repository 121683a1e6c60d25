-- Part-time timetables: one row each.
select
  pupil_key, school_urn, start_date, planned_end_date, end_date, weekly_sessions_count, last_review_date, next_review_date
from clean_inclusion__part_time
