-- Purchases and invoice lines. The key is a digest of where the line stands, for lines have no number of their own.
-- A reference to a plan or group that the school's own files do not know leaves the cost with the school; a line for
-- both a plan and a group is the plan's, so that it counts once.
select
  md5(
    concat('resource|', r.delivery_key, '|', r.file_name, '|', coalesce(r.sheet, ''), '|', cast(r.row_number as varchar))
  ) as cost_key,
  r.funded_school_urn as school_urn, 'RESOURCE' as cost_kind, r.purchase_date as cost_date,
  cast(null as varchar) as plan_key, g.intervention_key, r.resource_name as supplier, r.amount_pence
from clean_money__resources r
left join core_interventions g on g.intervention_key = r.funded_school_urn || ':' || r.group_reference
union all
select
  md5(
    concat('agency|', a.delivery_key, '|', a.file_name, '|', coalesce(a.sheet, ''), '|', cast(a.row_number as varchar))
  ),
  a.funded_school_urn, 'AGENCY', a.invoice_date, p.plan_key,
  case when p.plan_key is null then g.intervention_key end, a.agency, a.amount_pence
from clean_money__agency_invoices a
left join core_ehc_plans p on p.plan_key = a.funded_school_urn || ':' || a.plan_reference
left join core_interventions g on g.intervention_key = a.funded_school_urn || ':' || a.group_reference
