-- What is due of each pupil on roll, one row a step: the school's and the authority's, and what the school should check.
-- A transfer that is certain has its own step; where the pupil may stay, the annual review covers it.
with meetings as (
  select
    v.plan_key || '/' || cast(v.review_number as varchar) as item, v.plan_key, v.pupil_key, v.school_urn,
    v.is_from_year_9, v.data_rule, v.is_held, v.is_in_tracker, v.due_date, v.meeting_date, v.papers_sent_date,
    v.report_due_date, v.report_sent_date, v.decision_due_date, v.decision_date, v.amended_due_date,
    v.amended_plan_date, run.data_date
  from model_ehc_clock__reviews v
  cross join core_run run
  where v.is_live
),
steps as (
  select
    item || '/meeting' as item_key, plan_key, pupil_key, school_urn, 'REVIEW' as kind,
    case when is_in_tracker then 'HOLD_REVIEW' else 'ENTER_REVIEW' end as step, 'SCHOOL' as owed_by, due_date,
    cast(null as date) as request_date, cast(null as boolean) as is_exception, is_from_year_9, cast(null as varchar) as data_rule
  from meetings
  where not is_held
  union all
  select
    item || '/papers', plan_key, pupil_key, school_urn, 'REVIEW', 'SEND_PAPERS', 'SCHOOL',
    cast(meeting_date - interval 14 day as date), cast(null as date), cast(null as boolean), is_from_year_9, cast(null as varchar)
  from meetings
  where not is_held and meeting_date is not null and papers_sent_date is null
  union all
  select
    item || '/report', plan_key, pupil_key, school_urn, 'REVIEW', 'SEND_REPORT', 'SCHOOL', report_due_date,
    cast(null as date), cast(null as boolean), is_from_year_9, cast(null as varchar)
  from meetings
  where is_held and report_sent_date is null and decision_date is null
  union all
  select
    item || '/decision', plan_key, pupil_key, school_urn, 'REVIEW', 'DECIDE', 'AUTHORITY', decision_due_date,
    cast(null as date), cast(null as boolean), is_from_year_9, cast(null as varchar)
  from meetings
  where is_held and decision_date is null
  union all
  select
    item || '/plan', plan_key, pupil_key, school_urn, 'REVIEW', 'AMEND_PLAN', 'AUTHORITY', amended_due_date,
    cast(null as date), cast(null as boolean), is_from_year_9, cast(null as varchar)
  from meetings
  where amended_due_date is not null and amended_plan_date is null
  union all
  select
    item || '/check', plan_key, pupil_key, school_urn, 'CHECK', 'CHECK', 'SCHOOL', cast(null as date),
    cast(null as date), cast(null as boolean), is_from_year_9, data_rule
  from meetings
  where data_rule is not null
  union all
  select
    plan_key || '/transfer', plan_key, pupil_key, school_urn, 'TRANSFER',
    case transfer_standing
      when 'REVIEW' then 'TRANSFER_REVIEW' when 'DECISION' then 'TRANSFER_DECISION' else 'TRANSFER_PLAN'
    end,
    owed_by, case when transfer_standing = 'REVIEW' then review_by_date else transfer_due_date end,
    cast(null as date), cast(null as boolean), transfer_stage in ('SECONDARY', 'POST_16'), cast(null as varchar)
  from model_ehc_clock__transfers
  where owed_by is not null and is_move_certain
  union all
  select
    q.school_urn || ':' || q.pupil_key || '/' || cast(q.request_date as varchar), cast(null as varchar), q.pupil_key,
    q.school_urn, 'REQUEST', q.next_step, q.owed_by, q.next_due_date, q.request_date, q.is_exception, false,
    cast(null as varchar)
  from model_ehc_clock__requests q
  where q.next_step is not null
)
select
  s.item_key, s.pupil_key, s.school_urn, c.surname, c.forename, r.nc_year,
  substr(s.plan_key, length(s.school_urn) + 2) as plan_reference, s.request_date, s.kind, s.step, s.owed_by, s.due_date,
  cast(date_diff('day', run.data_date, s.due_date) as bigint) as left_days, s.is_exception, s.is_from_year_9, s.data_rule
from steps s
cross join core_run run
join model_pupils__on_roll r on r.pupil_key = s.pupil_key and r.school_urn = s.school_urn
join core_pupils c on c.pupil_key = s.pupil_key
