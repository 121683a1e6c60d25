-- Requests by their clock: 6 weeks to the decision whether to assess, 16 to say that there will be no plan, 20 to the
-- final plan. What is dated after the data date has not happened yet. A refusal ends the clock unless a plan came after
-- all; what ended without a plan is not late. Every step here is the authority's. Who has died is left out.
with known as (
  select
    q.pupil_key, q.school_urn, q.request_date, q.is_exception, run.data_date,
    case when q.assess_decision_date <= run.data_date then q.assess_decision_date end as assess_decision_date,
    case when q.assess_decision_date <= run.data_date then q.is_assessment_agreed end as is_assessment_agreed,
    case when q.no_plan_date <= run.data_date then q.no_plan_date end as no_plan_date,
    case when q.final_plan_date <= run.data_date then q.final_plan_date end as final_plan_date,
    cast(q.request_date + interval 42 day as date) as assess_due_date,
    cast(q.request_date + interval 112 day as date) as no_plan_due_date,
    cast(q.request_date + interval 140 day as date) as plan_due_date
  from core_ehc_requests q
  cross join core_run run
  left join core_deceased d on d.pupil_key = q.pupil_key
  where q.request_date <= run.data_date and d.pupil_key is null
),
ended as (
  select
    k.*,
    case
      when k.final_plan_date is not null then k.final_plan_date
      when k.no_plan_date is not null then k.no_plan_date
      when not k.is_assessment_agreed then k.assess_decision_date
    end as ended_date
  from known k
),
stood as (
  select
    e.*,
    case
      when e.final_plan_date <= e.plan_due_date then 'IN_TIME'
      when e.final_plan_date is not null and e.is_exception then 'EXCEPTION'
      when e.final_plan_date is not null then 'LATE'
      when e.ended_date is not null then 'ENDED'
      when e.data_date <= e.plan_due_date then 'OPEN'
      when e.is_exception then 'OPEN_EXCEPTION'
      else 'OPEN_LATE'
    end as standing,
    case
      when e.ended_date is not null then null
      when e.assess_decision_date is null then 'ASSESS_DECISION'
      else 'FINAL_PLAN'
    end as next_step
  from ended e
)
select
  pupil_key, school_urn, request_date, is_exception, assess_due_date, no_plan_due_date, plan_due_date,
  assess_decision_date, no_plan_date, final_plan_date,
  cast(date_diff('day', request_date, assess_decision_date) as bigint) as assess_days,
  cast(date_diff('day', request_date, final_plan_date) as bigint) as plan_days,
  cast(date_diff('day', request_date, coalesce(ended_date, data_date)) as bigint) as followed_days,
  cast(case
    when assess_decision_date is not null then greatest(date_diff('day', assess_due_date, assess_decision_date), 0)
    when ended_date is null and assess_due_date < data_date then date_diff('day', assess_due_date, data_date)
  end as bigint) as assess_late_days,
  cast(case
    when final_plan_date is not null then greatest(date_diff('day', plan_due_date, final_plan_date), 0)
    when ended_date is null and plan_due_date < data_date then date_diff('day', plan_due_date, data_date)
  end as bigint) as plan_late_days,
  standing, next_step,
  case next_step when 'ASSESS_DECISION' then assess_due_date when 'FINAL_PLAN' then plan_due_date end as next_due_date,
  case when next_step is not null then 'AUTHORITY' end as owed_by
from stood
