-- Suspensions and exclusions.
select pupil_key, school_urn, start_date, category, missed_sessions_count
from clean_attendance__suspensions
