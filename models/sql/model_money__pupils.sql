-- Each pupil's part of what was spent, in whole pence: the parts of a group come to its cost, to the penny, for the
-- n-th of them gets what n parts come to less what n - 1 parts do; those with section F stand first, so that what is left
-- for the others does not hang on the order of pseudonyms. A pupil's groups are not added where section F says
-- what the pupil must get: a group may be how it is delivered, and then the same hours would count twice.
with plans as (
  select
    pupil_key, school_urn, academic_year as financial_year,
    sum(coalesce(cost_to_date_pence, invoiced_pence)) as plan_pence, sum(unrecorded_pence) as unrecorded_pence,
    sum(top_up_pence) as top_up_pence, count(*) - count(cost_to_date_pence) as uncosted_count,
    sum(received_hours) as hours, sum(received_hours_pence) as hours_pence
  from model_value_for_money__plans
  group by pupil_key, school_urn, academic_year
),
with_lines as (
  select distinct p.pupil_key, v.school_urn, v.academic_year as financial_year
  from core_ehc_provision v
  join core_ehc_plans p on p.plan_key = v.plan_key
),
members as (
  select
    m.pupil_key, g.school_urn, g.financial_year, g.cost_pence, g.unrecorded_pence, coalesce(g.hours_pence, 0) as hours_pence,
    g.received_hours / g.pupils_count as hours, cast(g.pupils_count as double) as pupils,
    row_number() over (
      partition by g.intervention_key, g.financial_year
      order by case when l.pupil_key is null then 1 else 0 end, m.pupil_key
    ) as place
  from model_money__groups g
  join core_intervention_pupils m on m.intervention_key = g.intervention_key
  left join with_lines l
    on l.pupil_key = m.pupil_key and l.school_urn = g.school_urn and l.financial_year = g.financial_year
),
parts as (
  select
    pupil_key, school_urn, financial_year, hours,
    floor(cost_pence * place / pupils) - floor(cost_pence * (place - 1) / pupils) as cost_pence,
    floor(unrecorded_pence * place / pupils) - floor(unrecorded_pence * (place - 1) / pupils) as unrecorded_pence,
    floor(hours_pence * place / pupils) - floor(hours_pence * (place - 1) / pupils) as hours_pence
  from members
),
grouped as (
  select
    pupil_key, school_urn, financial_year, sum(cost_pence) as cost_pence, sum(unrecorded_pence) as unrecorded_pence,
    sum(hours) as hours, sum(hours_pence) as hours_pence
  from parts
  group by pupil_key, school_urn, financial_year
),
everyone as (
  select pupil_key, school_urn, financial_year from plans
  union
  select pupil_key, school_urn, financial_year from grouped
)
select
  e.pupil_key, e.school_urn, e.financial_year,
  cast(coalesce(p.plan_pence, 0) as bigint) as plan_pence,
  cast(case when l.pupil_key is null then coalesce(g.cost_pence, 0) else 0 end as bigint) as group_pence,
  cast(case when l.pupil_key is null then 0 else coalesce(g.cost_pence, 0) end as bigint) as beside_plan_pence,
  cast(
    coalesce(p.unrecorded_pence, 0) + case when l.pupil_key is null then coalesce(g.unrecorded_pence, 0) else 0 end
    as bigint
  ) as unrecorded_pence,
  cast(coalesce(p.top_up_pence, 0) as bigint) as top_up_pence,
  cast(coalesce(p.uncosted_count, 0) as bigint) as uncosted_plans_count,
  coalesce(p.hours, 0.0) as plan_hours, cast(coalesce(p.hours_pence, 0) as bigint) as plan_hours_pence,
  coalesce(g.hours, 0.0) as group_hours, cast(coalesce(g.hours_pence, 0) as bigint) as group_hours_pence
from everyone e
left join plans p
  on p.pupil_key = e.pupil_key and p.school_urn = e.school_urn and p.financial_year = e.financial_year
left join grouped g
  on g.pupil_key = e.pupil_key and g.school_urn = e.school_urn and g.financial_year = e.financial_year
left join with_lines l
  on l.pupil_key = e.pupil_key and l.school_urn = e.school_urn and l.financial_year = e.financial_year
