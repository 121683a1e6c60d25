-- Hours of adults by school, financial year and pay grade: what section F and groups plan, what of the recorded part was
-- due by the data date, and what was delivered. An adult's hour counts once, however many pupils share it. A group whose
-- map names no grade is left out; so is one whose name is not settled, which has no dose yet.
with lines as (
  select
    v.school_urn, v.academic_year as financial_year, v.staff_grade,
    v.promised_hours / nullif(cast(v.group_size_count as double), 0) as planned_hours,
    v.elapsed_rate, v.planned_sessions_count, v.delivered_sessions_count
  from model_ehc_delivery__lines v
  cross join core_run run
  where v.academic_year <= run.academic_year
),
grouped as (
  select
    g.school_urn, year(g.start_date) - case when month(g.start_date) < 9 then 1 else 0 end as financial_year,
    g.staff_grade, g.planned_sessions_count * g.session_minutes / 60.0 as planned_hours,
    case when d.delivered_sessions_count is null then 0.0 else d.due_sessions_count * g.session_minutes / 60.0 end
      as due_hours,
    coalesce(d.delivered_hours, 0.0) as given_hours
  from core_interventions g
  join model_interventions__group_dose d on d.intervention_key = g.intervention_key
  where g.staff_grade is not null
),
both_kinds as (
  select
    school_urn, financial_year, staff_grade, planned_hours,
    case when delivered_sessions_count is null then 0.0 else planned_hours * elapsed_rate end as due_hours,
    coalesce(planned_hours * delivered_sessions_count / nullif(cast(planned_sessions_count as double), 0), 0.0)
      as given_hours
  from lines
  union all
  select school_urn, financial_year, staff_grade, planned_hours, due_hours, given_hours from grouped
),
needed as (
  select
    school_urn, financial_year, staff_grade, sum(planned_hours) as planned_hours, sum(due_hours) as due_hours,
    sum(given_hours) as given_hours
  from both_kinds
  group by school_urn, financial_year, staff_grade
),
either_way as (
  select school_urn, financial_year, staff_grade from needed
  union
  select school_urn, financial_year, staff_grade from core_support_staff
)
select
  e.school_urn, e.financial_year, e.staff_grade, coalesce(n.planned_hours, 0.0) as planned_hours,
  coalesce(n.due_hours, 0.0) as due_hours, coalesce(n.given_hours, 0.0) as given_hours,
  s.staff_count, s.weekly_contracted_hours, s.weekly_vacant_hours
from either_way e
left join needed n
  on n.school_urn = e.school_urn and n.financial_year = e.financial_year and n.staff_grade = e.staff_grade
left join core_support_staff s
  on s.school_urn = e.school_urn and s.financial_year = e.financial_year and s.staff_grade = e.staff_grade
