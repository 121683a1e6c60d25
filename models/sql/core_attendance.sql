-- Half-day sessions by pupil and half-term.
select
  pupil_key, school_urn, academic_year, half_term, possible_sessions_count, authorised_sessions_count,
  unauthorised_sessions_count
from clean_attendance__half_terms
