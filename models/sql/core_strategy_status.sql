-- The newest status of each action of the plan that was noted by the data date.
with known as (
  select
    s.action_id, s.action_status, s.lead_role, s.due_date, s.noted_date, s.blocked_by, s.evidence_kind, s.evidence_date,
    row_number() over (partition by s.action_id order by s.noted_date desc) as place
  from clean_registers__strategy_status s
  join core_strategy_plan p on p.action_id = s.action_id
  cross join core_run run
  where s.noted_date <= run.data_date
)
select action_id, action_status, lead_role, due_date, noted_date, blocked_by, evidence_kind, evidence_date
from known
where place = 1
