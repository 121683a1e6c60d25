-- What was observed of pupils' engagement, area by area; no score is made of it.
select pupil_key, school_urn, observed_date, engagement_area, engagement_direction
from clean_engagement__observations
