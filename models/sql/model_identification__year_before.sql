-- Who was on roll 365 days before the data date: the earlier of the two rolls.
select r.pupil_key, r.school_urn, r.sen_provision
from model_pupils__roll_days r
join core_run run on r.roll_date < run.data_date
