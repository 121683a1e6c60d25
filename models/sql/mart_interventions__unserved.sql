-- Who needs support by the latest score and has none, by name, for the SENCO.
select
  l.pupil_key, l.school_urn, p.surname, p.forename, l.nc_year, l.sen_provision, l.subject, l.assessment_name, l.score,
  l.assessed_date
from model_interventions__low_scores l
join core_pupils p on p.pupil_key = l.pupil_key
where not l.is_supported
