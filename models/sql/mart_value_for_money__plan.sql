-- What the delivered support of each plan cost, year by year, of pupils on roll who still have a plan.
select p.plan_key, p.pupil_key, p.school_urn, p.academic_year, p.cost_to_date_pence, p.unrecorded_pence
from model_value_for_money__plans p
join model_pupils__on_roll r on r.pupil_key = p.pupil_key and r.school_urn = p.school_urn
where r.sen_provision = 'E'
