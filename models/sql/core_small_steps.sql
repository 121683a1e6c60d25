-- Small steps as the school recorded them; where they stand on the ladder is for the reference data to say.
select pupil_key, school_urn, subject, framework, step_code, recorded_date, pathway
from clean_small_steps__records
