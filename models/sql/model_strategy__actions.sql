-- Where each action of the plan stands on the data date. What is blocked is said before what is late: it needs another.
with reported as (
  select
    p.action_id, p.priority_number, p.priority_name, p.strand, p.plan_year, p.action, s.action_status, s.lead_role,
    s.due_date, s.noted_date, s.blocked_by, s.evidence_kind, s.evidence_date,
    date_diff('day', s.due_date, run.data_date) as past_days,
    date_diff('day', s.noted_date, run.data_date) as noted_days
  from core_strategy_plan p
  left join core_strategy_status s on s.action_id = p.action_id
  cross join core_run run
), judged as (
  select
    *,
    case
      when action_status is null then 'NOT_REPORTED'
      when action_status in ('DONE', 'STOPPED', 'BLOCKED') then action_status
      when past_days > 0 then 'LATE'
      when noted_days > 120 then 'STALE'
      when due_date is null then 'UNDATED'
      else 'ON_COURSE'
    end as standing
  from reported
)
select
  action_id, priority_number, priority_name, strand, plan_year, action, action_status, lead_role, due_date, noted_date,
  blocked_by, evidence_kind, evidence_date, standing,
  case when standing in ('LATE', 'BLOCKED') and past_days > 0 then past_days end as overdue_days
from judged
