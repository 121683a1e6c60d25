-- Where each assess-plan-do-review cycle stands on the data date: what has to be done next, and by when.
-- A step is done once its day has come: a later day is an intention. A cycle is there once it is assessed.
-- The stage is the step after the last one done. A reviewed cycle waits for the next one's assessment (ASSESS), unless
-- its review said STOP or the pupil has an EHC plan, whose annual review takes over. It is CLOSED once a later cycle has
-- begun, once an EHC plan began after it, or once the pupil has left the school or has no SEN any more.
-- The Code of Practice (2015) sets no days; it asks for meetings with parents three times a year (6.65). Hence a term of
-- 14 weeks at most from start to review; 4 weeks to plan, 2 to begin and 4 to assess again are this house's rule.
-- A day that falls in a holiday moves to the first day of the half-term after it: nobody can do it before.
with begun as (
  select
    c.*, run.data_date,
    c.planned_date <= run.data_date as is_planned, c.started_date <= run.data_date as is_started,
    c.reviewed_date <= run.data_date as is_reviewed,
    row_number() over (partition by c.pupil_key, c.school_urn order by c.cycle_number desc) = 1 as is_latest,
    lag(case when c.reviewed_date <= run.data_date then c.cycle_outcome end) over (
      partition by c.pupil_key, c.school_urn order by c.cycle_number
    ) as previous_outcome,
    lag(c.group_reference) over (partition by c.pupil_key, c.school_urn order by c.cycle_number) as previous_group
  from core_apdr_cycles c
  cross join core_run run
  where c.assessed_date <= run.data_date
),
plans as (
  select s.pupil_key, s.school_urn, max(s.start_date) as plan_start_date
  from core_sen_status s
  cross join core_run run
  where s.sen_provision = 'E' and s.start_date <= run.data_date
  group by s.pupil_key, s.school_urn
),
staged as (
  select
    b.*,
    case
      when not b.is_latest then 'FOLLOWED'
      when r.pupil_key is null then 'LEFT'
      when r.sen_provision = 'N' then 'NO_SEN'
      when b.is_reviewed and b.cycle_next_step = 'STOP' then 'STOPPED'
      when r.sen_provision = 'E' and (b.is_reviewed or b.assessed_date < p.plan_start_date) then 'HAS_PLAN'
    end as closed_reason,
    case
      when b.is_reviewed then 'ASSESS' when b.is_started then 'REVIEW' when b.is_planned then 'DO' else 'PLAN'
    end as next_stage,
    case
      when b.is_started
      then least(
        coalesce(b.review_due_date, date '9999-12-31'), cast(b.started_date + interval 98 day as date)
      )
    end as review_limit,
    cast(case
      when b.is_reviewed then b.reviewed_date + interval 28 day
      when b.is_planned then b.planned_date + interval 14 day
      else b.assessed_date + interval 28 day
    end as date) as step_limit,
    case
      when b.previous_outcome is null or b.previous_outcome <> 'NOT_MET' then false
      else not coalesce(b.is_provision_changed, b.group_reference <> b.previous_group)
    end as is_unchanged
  from begun b
  left join model_pupils__on_roll r on r.pupil_key = b.pupil_key and r.school_urn = b.school_urn
  left join plans p on p.pupil_key = b.pupil_key and p.school_urn = b.school_urn
),
limits as (
  select review_limit as limit_date from staged where review_limit is not null
  union
  select step_limit from staged
),
school_days as (
  select
    l.limit_date,
    case
      when count(*) filter (where h.start_date <= l.limit_date and h.end_date >= l.limit_date) > 0 then l.limit_date
      else coalesce(min(case when h.start_date > l.limit_date then h.start_date end), l.limit_date)
    end as school_date
  from limits l
  cross join core_half_terms h
  where h.half_term <> 'Entry'
  group by l.limit_date
),
due as (
  select
    s.*, case when s.closed_reason is null then s.next_stage else 'CLOSED' end as stage,
    r.school_date as review_limit_date,
    case
      when s.closed_reason is not null then null when s.next_stage = 'REVIEW' then r.school_date else d.school_date
    end as stage_due_date,
    sum(case when s.is_unchanged then 0 else 1 end) over (
      partition by s.pupil_key, s.school_urn order by s.cycle_number rows between unbounded preceding and current row
    ) as run_number
  from staged s
  left join school_days r on r.limit_date = s.review_limit
  left join school_days d on d.limit_date = s.step_limit
)
select
  pupil_key, school_urn, cycle_number, area_of_need, assessed_date, planned_date, started_date, review_due_date,
  reviewed_date, cycle_outcome, cycle_next_step, group_reference, is_pupil_view_recorded, is_parent_view_recorded,
  is_provision_changed, is_latest, stage, closed_reason, stage_due_date,
  cast(case
    when stage_due_date < data_date then date_diff('day', stage_due_date, data_date)
    when stage_due_date is not null then 0
  end as bigint) as overdue_days,
  review_limit_date, is_unchanged,
  row_number() over (partition by pupil_key, school_urn, run_number order by cycle_number) as unchanged_run_count
from due
