-- What each plan costs and brings in an academic year (METHODS B1, B2): every year in which it was active or has lines
-- of section F, an outcome due or an invoice by the data date, so that nothing that fell due is lost. Full cost: hours
-- a week x weeks x the grade's rate / pupils who share it, and fixed costs. Cost to date: the share of sessions
-- delivered, fixed costs by the share of the year gone, invoices; without lines of section F neither is known. Funding
-- comes with a plan that is active or has lines. The academy financial year is the academic year; where a year has no
-- rate yet, the latest before it stands, and before the first funding rule or after the last the nearest one.
with provided as (
  select distinct v.plan_key, v.academic_year
  from core_ehc_provision v
  cross join core_run run
  where v.academic_year <= run.academic_year
),
invoices as (
  select
    c.plan_key, year(c.cost_date) - case when month(c.cost_date) < 9 then 1 else 0 end as academic_year,
    sum(c.amount_pence) as invoiced_pence
  from core_costs c
  cross join core_run run
  where c.plan_key is not null and c.cost_date <= run.data_date
  group by c.plan_key, year(c.cost_date) - case when month(c.cost_date) < 9 then 1 else 0 end
),
outcomes as (
  select
    o.plan_key, year(o.due_date) - case when month(o.due_date) < 9 then 1 else 0 end as academic_year,
    count(*) as due_count,
    count(*) filter (where o.status = 'Met') as met_count,
    count(*) filter (where o.status = 'No evidence') as no_evidence_count
  from core_ehc_outcomes o
  cross join core_run run
  where o.due_date <= run.data_date
  group by o.plan_key, year(o.due_date) - case when month(o.due_date) < 9 then 1 else 0 end
),
own_years as (
  select plan_key, academic_year from provided
  union
  select plan_key, academic_year from outcomes
  union
  select plan_key, academic_year from invoices
),
years as (
  select academic_year, max(is_provided) as is_provided
  from (
    select academic_year, 1 as is_provided from provided
    union all
    select academic_year, 0 as is_provided from own_years
  ) either
  group by academic_year
),
active as (
  select p.plan_key, y.academic_year, y.is_provided
  from core_ehc_plans p
  cross join years y
  cross join core_run run
  where p.plan_start_date <= least(make_date(cast(y.academic_year as int) + 1, 8, 31), run.data_date)
    and coalesce(p.cease_date, run.data_date) >= make_date(cast(y.academic_year as int), 9, 1)
    and exists (
      select 1 from core_enrolments e
      where e.pupil_key = p.pupil_key and e.school_urn = p.school_urn
        and e.entry_date <= least(make_date(cast(y.academic_year as int) + 1, 8, 31), run.data_date)
        and coalesce(e.leaving_date, run.data_date) >= make_date(cast(y.academic_year as int), 9, 1)
    )
),
plan_years as (
  select plan_key, academic_year from own_years
  union
  select plan_key, academic_year from active where is_provided = 1
),
rates as (
  select
    y.academic_year, r.staff_grade, r.rate_per_hour_pence,
    row_number() over (partition by y.academic_year, r.staff_grade order by r.financial_year desc) as place
  from years y
  join core_staff_rates r on r.financial_year <= y.academic_year
),
lines as (
  select
    v.plan_key, v.academic_year, v.delivered_sessions_count, v.due_sessions_count, v.elapsed_rate,
    v.planned_sessions_count,
    v.hours_per_week * v.weeks_per_year * r.rate_per_hour_pence / nullif(v.group_size_count, 0) as staff_pence,
    v.hours_per_week * v.weeks_per_year as year_hours,
    coalesce(v.fixed_pence, 0) as fixed_pence
  from model_ehc_delivery__lines v
  left join rates r on r.academic_year = v.academic_year and r.staff_grade = v.staff_grade and r.place = 1
),
costed as (
  select
    plan_key, academic_year, count(*) as lines_count, count(delivered_sessions_count) as recorded_lines_count,
    case when count(staff_pence) = count(*) then sum(staff_pence + fixed_pence) end as full_pence,
    case
      when count(staff_pence) = count(*) and count(delivered_sessions_count) > 0
      then sum(
        coalesce(
          staff_pence * delivered_sessions_count / nullif(cast(planned_sessions_count as double), 0), 0.0
        ) + fixed_pence * elapsed_rate
      )
    end as spent_pence,
    sum(case when delivered_sessions_count is not null then due_sessions_count else 0.0 end) as due_count,
    sum(coalesce(delivered_sessions_count, 0)) as delivered_count,
    sum(year_hours * delivered_sessions_count / nullif(cast(planned_sessions_count as double), 0)) as hours,
    sum(staff_pence * delivered_sessions_count / nullif(cast(planned_sessions_count as double), 0)) as hours_pence,
    sum(case when delivered_sessions_count is null then staff_pence * elapsed_rate else 0.0 end) as unrecorded_pence
  from lines
  group by plan_key, academic_year
),
rule_years as (
  select min(financial_year) as first_year, max(financial_year) as last_year from core_funding_rules
),
funded as (
  select
    p.plan_key, p.pupil_key, p.school_urn, y.academic_year, s.is_special, coalesce(t.top_up_pence, 0) as top_up_pence,
    case
      when a.plan_key is null and v.plan_key is null then 0
      when not s.is_special then f.element_2_threshold_pence
      else coalesce(round(g.funding_pence / nullif(cast(g.places_count as double), 0)), f.place_funding_pence)
    end as place_pence
  from plan_years y
  cross join rule_years r
  join core_ehc_plans p on p.plan_key = y.plan_key
  join core_schools s on s.school_urn = p.school_urn
  join core_funding_rules f on f.financial_year = least(greatest(y.academic_year, r.first_year), r.last_year)
  left join active a on a.plan_key = y.plan_key and a.academic_year = y.academic_year
  left join provided v on v.plan_key = y.plan_key and v.academic_year = y.academic_year
  left join core_top_up t on t.plan_key = y.plan_key and t.financial_year = y.academic_year
  left join core_school_funding g
    on g.school_urn = p.school_urn and g.financial_year = y.academic_year and g.funding_kind = 'PLACE'
)
select
  f.plan_key, f.pupil_key, f.school_urn, f.academic_year, f.is_special as is_special_school,
  cast(round(c.full_pence) as bigint) as full_cost_pence,
  cast(round(c.spent_pence + coalesce(i.invoiced_pence, 0)) as bigint) as cost_to_date_pence,
  cast(coalesce(i.invoiced_pence, 0) as bigint) as invoiced_pence,
  cast(round(coalesce(c.unrecorded_pence, 0.0)) as bigint) as unrecorded_pence,
  coalesce(c.hours, 0.0) as received_hours, cast(round(coalesce(c.hours_pence, 0.0)) as bigint) as received_hours_pence,
  cast(f.place_pence as bigint) as place_funding_pence,
  f.top_up_pence,
  cast(round(c.full_pence) as bigint) - cast(f.place_pence as bigint) - f.top_up_pence as gap_pence,
  cast(coalesce(c.lines_count, 0) as bigint) as lines_count,
  cast(coalesce(c.recorded_lines_count, 0) as bigint) as recorded_lines_count,
  cast(coalesce(c.due_count, 0) as double) as due_sessions_count,
  cast(coalesce(c.delivered_count, 0) as bigint) as delivered_sessions_count,
  cast(coalesce(o.due_count, 0) as bigint) as outcomes_due_count,
  cast(coalesce(o.met_count, 0) as bigint) as outcomes_met_count,
  cast(coalesce(o.due_count - o.met_count - o.no_evidence_count, 0) as bigint) as outcomes_not_met_count,
  cast(coalesce(o.no_evidence_count, 0) as bigint) as outcomes_no_evidence_count
from funded f
left join costed c on c.plan_key = f.plan_key and c.academic_year = f.academic_year
left join invoices i on i.plan_key = f.plan_key and i.academic_year = f.academic_year
left join outcomes o on o.plan_key = f.plan_key and o.academic_year = f.academic_year
