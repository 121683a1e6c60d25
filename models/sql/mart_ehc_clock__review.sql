-- The reviews of the last twelve months, due or held, of pupils on roll, with every day of their clock.
select
  v.plan_key, v.pupil_key, v.school_urn, c.surname, c.forename, r.nc_year, v.review_number, v.review_due_date, v.due_date,
  v.due_rule, v.is_in_tracker, v.is_held, v.is_live, v.meeting_date, v.papers_sent_date, v.report_due_date,
  v.report_sent_date, v.decision_due_date, v.decision_date, v.review_decision, v.amended_due_date, v.amended_plan_date,
  v.meeting_late_days, v.papers_late_days, v.report_late_days, v.decision_late_days, v.amended_late_days,
  v.is_from_year_9, v.is_adulthood_covered
from model_ehc_clock__reviews v
cross join core_run run
join model_pupils__on_roll r on r.pupil_key = v.pupil_key and r.school_urn = v.school_urn
join core_pupils c on c.pupil_key = v.pupil_key
where (v.is_held or v.due_date < run.data_date)
  and greatest(v.due_date, coalesce(case when v.is_held then v.meeting_date end, v.due_date))
    > cast(run.data_date - interval 12 month as date)
