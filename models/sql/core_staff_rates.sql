-- Pay and on-costs per hour that can be delivered to pupils, per pay grade and never per person. Overheads come on top
-- where the settings say so; they do not by default.
select
  r.financial_year, r.staff_grade,
  cast(r.gross_pay_pence + r.on_cost_pence as double) * (1 + coalesce(f.overhead_rate, 0.0))
    / nullif(r.deliverable_hours, 0) as rate_per_hour_pence
from clean_money__staff_rates r
left join core_funding_rules f on f.financial_year = r.financial_year
