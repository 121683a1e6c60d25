-- Purchases and invoice lines. The key is a digest of where the line stands, for lines have no number of their own.
-- A plan reference that the school's tracker does not know leaves the cost with the school.
select
  md5(
    concat('resource|', r.delivery_key, '|', r.file_name, '|', coalesce(r.sheet, ''), '|', cast(r.row_number as varchar))
  ) as cost_key,
  r.funded_school_urn as school_urn, 'RESOURCE' as cost_kind, r.purchase_date as cost_date,
  cast(null as varchar) as plan_key, r.resource_name as supplier, r.amount_pence
from clean_money__resources r
union all
select
  md5(
    concat('agency|', a.delivery_key, '|', a.file_name, '|', coalesce(a.sheet, ''), '|', cast(a.row_number as varchar))
  ),
  a.funded_school_urn, 'AGENCY', a.invoice_date, p.plan_key, a.agency, a.amount_pence
from clean_money__agency_invoices a
left join core_ehc_plans p on p.plan_key = a.funded_school_urn || ':' || a.plan_reference
