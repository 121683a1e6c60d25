-- Actions by where they stand: each priority, and 0 for the whole plan.
with placed as (
  select priority_number, priority_name, standing, evidence_kind from model_strategy__actions
  union all
  select 0 as priority_number, 'The whole plan' as priority_name, standing, evidence_kind from model_strategy__actions
)
select
  priority_number,
  max(priority_name) as priority_name,
  count(*) as actions_count,
  count(*) filter (where standing = 'DONE') as done_count,
  count(*) filter (where standing = 'DONE' and evidence_kind is not null) as evidenced_count,
  count(*) filter (where standing = 'ON_COURSE') as on_course_count,
  count(*) filter (where standing = 'UNDATED') as undated_count,
  count(*) filter (where standing = 'LATE') as late_count,
  count(*) filter (where standing = 'BLOCKED') as blocked_count,
  count(*) filter (where standing = 'STALE') as stale_count,
  count(*) filter (where standing = 'NOT_REPORTED') as not_reported_count,
  count(*) filter (where standing = 'STOPPED') as stopped_count
from placed
group by priority_number
