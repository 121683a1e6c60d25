-- What staff saw of each pupil's engagement, day by day and area by area, by name: the SENCO's evidence, no score.
select
  o.pupil_key, o.school_urn, p.surname, p.forename, r.nc_year, o.observed_date, o.engagement_area,
  o.engagement_direction
from core_engagement o
cross join core_run run
join model_pupils__on_roll r on r.pupil_key = o.pupil_key and r.school_urn = o.school_urn
join core_pupils p on p.pupil_key = o.pupil_key
where o.observed_date <= run.data_date
