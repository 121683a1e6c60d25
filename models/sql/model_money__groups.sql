-- What each intervention group cost by financial year, each cost once (METHODS B1). The hours are those of the group's
-- own price (model_interventions__group_dose) in the year of its first day. Materials that the map names stand until
-- the ledger has purchases for the group: then those stand. Purchases and invoices count in the year of their date.
with bought as (
  select
    c.intervention_key, year(c.cost_date) - case when month(c.cost_date) < 9 then 1 else 0 end as financial_year,
    sum(case when c.cost_kind = 'RESOURCE' then c.amount_pence else 0 end) as purchases_pence,
    sum(case when c.cost_kind = 'AGENCY' then c.amount_pence else 0 end) as invoices_pence
  from core_costs c
  cross join core_run run
  where c.intervention_key is not null and c.cost_date <= run.data_date
  group by c.intervention_key, year(c.cost_date) - case when month(c.cost_date) < 9 then 1 else 0 end
),
with_purchases as (
  select intervention_key from bought where purchases_pence > 0 group by intervention_key
),
members as (
  select intervention_key, count(*) as pupils_count from core_intervention_pupils group by intervention_key
),
own as (
  select
    g.intervention_key, year(g.start_date) - case when month(g.start_date) < 9 then 1 else 0 end as financial_year,
    case when w.intervention_key is null then coalesce(g.resource_pence, 0) else 0 end as materials_pence,
    d.cost_to_date_pence - coalesce(g.resource_pence, 0) as hours_pence,
    case
      when d.delivered_sessions_count is null and d.planned_cost_pence is not null
      then round(
        (d.planned_cost_pence - coalesce(g.resource_pence, 0)) * d.due_sessions_count
          / nullif(cast(d.planned_sessions_count as double), 0)
      )
    end as unrecorded_pence,
    d.delivered_hours
  from core_interventions g
  cross join core_run run
  left join model_interventions__group_dose d on d.intervention_key = g.intervention_key
  left join with_purchases w on w.intervention_key = g.intervention_key
  where g.start_date <= run.data_date
),
years as (
  select intervention_key, financial_year from own
  union
  select intervention_key, financial_year from bought
)
select
  y.intervention_key, g.school_urn, y.financial_year, cast(coalesce(m.pupils_count, 0) as bigint) as pupils_count,
  cast(o.hours_pence as bigint) as hours_pence, cast(coalesce(o.materials_pence, 0) as bigint) as materials_pence,
  cast(coalesce(b.purchases_pence, 0) as bigint) as purchases_pence,
  cast(coalesce(b.invoices_pence, 0) as bigint) as invoices_pence,
  cast(
    coalesce(o.hours_pence, 0) + coalesce(o.materials_pence, 0) + coalesce(b.purchases_pence, 0)
      + coalesce(b.invoices_pence, 0) as bigint
  ) as cost_pence,
  cast(coalesce(o.unrecorded_pence, 0) as bigint) as unrecorded_pence,
  coalesce(o.delivered_hours, 0.0) * coalesce(m.pupils_count, 0) as received_hours
from years y
join core_interventions g on g.intervention_key = y.intervention_key
left join own o on o.intervention_key = y.intervention_key and o.financial_year = y.financial_year
left join bought b on b.intervention_key = y.intervention_key and b.financial_year = y.financial_year
left join members m on m.intervention_key = y.intervention_key
