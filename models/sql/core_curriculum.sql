-- Access to the curriculum by pupil, term and subject; a blank stays a blank.
select
  pupil_key, school_urn, academic_year, school_term, curriculum_subject, access, weekly_missed_minutes
from clean_inclusion__curriculum
