-- Dose and cost of each group by the data date. A finished group was due all that was planned; a running one the
-- days with a planned session so far, or the share of its term-time days gone by, whichever is more. A map without
-- sessions has no dose. One price a group: its grade's rate for the financial year of its first day, else the latest
-- rate before it (METHODS B1). Only groups whose name the trust's catalogue knows: what follows from this table is
-- released under the intervention's name, and a school's free text must not be.
with sessions as (
  select
    s.intervention_key,
    count(*) filter (where s.session_date <= run.data_date) as rows_to_date,
    count(*) filter (where s.session_date <= run.data_date and s.is_delivered) as delivered_count,
    sum(case when s.session_date <= run.data_date and s.is_delivered then s.session_minutes else 0 end) as minutes
  from core_intervention_sessions s
  cross join core_run run
  group by s.intervention_key
),
members as (
  select intervention_key, count(*) as pupils_count from core_intervention_pupils group by intervention_key
),
school_days as (
  select
    g.intervention_key,
    sum(date_diff('day', greatest(h.start_date, g.start_date), least(h.end_date, g.end_date)) + 1) as all_days,
    sum(case
      when greatest(h.start_date, g.start_date) <= run.data_date
      then date_diff('day', greatest(h.start_date, g.start_date), least(h.end_date, g.end_date, run.data_date)) + 1
      else 0
    end) as days_gone
  from core_interventions g
  cross join core_run run
  join core_half_terms h on h.half_term <> 'Entry' and h.start_date <= g.end_date and h.end_date >= g.start_date
  group by g.intervention_key
),
rates as (
  select
    g.intervention_key, r.rate_per_hour_pence,
    row_number() over (partition by g.intervention_key order by r.financial_year desc) as place
  from core_interventions g
  join core_staff_rates r
    on r.staff_grade = g.staff_grade
    and r.financial_year <= year(g.start_date) - case when month(g.start_date) < 9 then 1 else 0 end
),
joined as (
  select
    g.intervention_key, g.school_urn, g.intervention_name, g.area_of_need, g.start_date, g.end_date,
    coalesce(m.pupils_count, 0) as pupils_count, g.planned_sessions_count, g.session_minutes,
    coalesce(g.resource_pence, 0) as resource_pence, run.data_date,
    s.rows_to_date, s.delivered_count, s.minutes / 60.0 as delivered_hours, r.rate_per_hour_pence as rate,
    coalesce(d.days_gone / nullif(cast(d.all_days as double), 0), 0.0) as share_gone
  from core_interventions g
  cross join core_run run
  left join sessions s on s.intervention_key = g.intervention_key
  left join members m on m.intervention_key = g.intervention_key
  left join school_days d on d.intervention_key = g.intervention_key
  left join rates r on r.intervention_key = g.intervention_key and r.place = 1
  where g.is_in_catalogue
)
select
  intervention_key, school_urn, intervention_name, area_of_need, start_date, end_date, pupils_count,
  planned_sessions_count,
  cast(case
    when end_date <= data_date then planned_sessions_count
    when start_date > data_date then 0
    else least(
      planned_sessions_count, greatest(coalesce(rows_to_date, 0), floor(planned_sessions_count * share_gone + 1e-9))
    )
  end as bigint) as due_sessions_count,
  cast(delivered_count as bigint) as delivered_sessions_count,
  cast(delivered_hours as double) as delivered_hours,
  cast(round(delivered_hours * rate + case when start_date <= data_date then resource_pence else 0 end) as bigint)
    as cost_to_date_pence,
  cast(round(planned_sessions_count * session_minutes / 60.0 * rate + resource_pence) as bigint) as planned_cost_pence
from joined
