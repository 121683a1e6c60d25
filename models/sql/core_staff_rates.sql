-- Pay and on-costs per hour that can be delivered to pupils, per pay grade and never per person.
select
  financial_year, staff_grade,
  cast(gross_pay_pence + on_cost_pence as double) / nullif(deliverable_hours, 0) as rate_per_hour_pence
from clean_money__staff_rates
