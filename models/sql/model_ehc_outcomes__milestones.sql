-- Which milestones are overdue: the target date is over, and the milestone is neither met nor given up ("Not met").
-- A target date before the plan began cannot be right; the school is told, and nothing is called overdue by it.
select
  m.plan_key, p.pupil_key, m.school_urn, m.outcome_number, m.milestone_number, m.target_date, m.milestone_status,
  m.evidence_date, m.evidence_kind,
  m.milestone_status in ('Under way', 'Not started') and m.target_date < run.data_date
    and m.target_date >= p.plan_start_date as is_overdue,
  cast(case
    when m.milestone_status in ('Under way', 'Not started') and m.target_date < run.data_date
      and m.target_date >= p.plan_start_date
    then date_diff('day', m.target_date, run.data_date)
    else 0
  end as bigint) as overdue_days,
  m.target_date < p.plan_start_date as is_before_plan
from core_ehc_milestones m
join core_ehc_plans p on p.plan_key = m.plan_key
cross join core_run run
