-- Section F of the plans that are active on the data date, in this academic year, with the pupil's name.
select
  l.plan_key, l.pupil_key, l.school_urn, n.surname, n.forename, r.nc_year, l.academic_year, l.line_number,
  l.provision_type, l.provision_group, l.is_specialist, l.staff_grade, l.hours_per_week, l.weeks_per_year,
  l.group_size_count, l.planned_sessions_count, l.elapsed_rate, l.due_sessions_count, l.delivered_sessions_count,
  l.shortfall_sessions_count, l.promised_hours, l.due_hours, l.delivered_hours, l.shortfall_hours, l.delivery_state,
  l.behind_since_year
from model_ehc_delivery__lines l
cross join core_run run
join core_ehc_plans p on p.plan_key = l.plan_key
join model_pupils__on_roll r on r.pupil_key = l.pupil_key and r.school_urn = l.school_urn
join core_pupils n on n.pupil_key = l.pupil_key
where l.academic_year = run.academic_year
  and p.plan_start_date <= run.data_date and coalesce(p.cease_date > run.data_date, true)
