-- Pupils on roll whose group has ended and who have no end test: still due within its window, or missing since the
-- window closed in the last half year: a score that was taken can still be sent. Who left, or has no score before, is
-- left out: a test now would change nothing.
select
  w.pupil_key, w.school_urn, p.surname, p.forename, r.nc_year, w.intervention_name,
  w.exit_assessment_name as assessment_name, w.subject, w.end_date, w.exit_to_date,
  case when w.exit_to_date >= run.data_date then 'DUE' else 'MISSING' end as exit_standing
from model_impact__windows w
cross join core_run run
join model_impact__treated t
  on t.intervention_name = w.intervention_name and t.assessment_name = w.assessment_name and t.subject = w.subject
  and t.pupil_key = w.pupil_key
join model_pupils__on_roll r on r.pupil_key = w.pupil_key and r.school_urn = w.school_urn
join core_pupils p on p.pupil_key = w.pupil_key
where not w.has_person_time and t.entry_score is not null and t.exit_score is null and w.end_date < run.data_date
  and w.exit_to_date >= cast(run.data_date - interval 182 day as date)
