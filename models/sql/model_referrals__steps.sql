-- Where each referral stands on the data date, whose step is next, and how long each step took or has taken so far.
-- A step is done once its day has come: a later day is an intention. The watch over a case ends on the data date, or
-- before it when the referral was closed, provision began or the pupil left the school: until then the case is open and
-- counts with the days so far, so that a queue that grows cannot look short. Waits are of referrals not declined.
-- Limits are the trust's own: an answer within 4 weeks, seen within 18, the report 6 weeks later, provision 4 more.
with told as (
  select
    r.*, run.data_date,
    case when r.seen_date <= run.data_date then r.seen_date end as seen_day,
    case when r.report_date <= run.data_date then r.report_date end as report_day,
    case when r.provision_start_date <= run.data_date then r.provision_start_date end as provision_day,
    case when r.closed_date <= run.data_date then r.closed_date end as closed_day,
    coalesce(r.referral_decision = 'DECLINED', false)
      or coalesce(
        r.referral_closed_reason in ('DECLINED_CRITERIA', 'DECLINED_INFORMATION', 'DECLINED_CAPACITY'), false
      ) as is_declined
  from core_referrals r
  cross join core_run run
  where r.referral_date <= run.data_date
),
left_on as (
  select e.pupil_key, e.school_urn, max(e.leaving_date) as leaving_date
  from core_enrolments e
  cross join core_run run
  where e.leaving_date <= run.data_date
  group by e.pupil_key, e.school_urn
),
watched as (
  select
    t.*, o.pupil_key is not null as is_on_roll,
    greatest(
      t.referral_date,
      least(
        t.data_date, coalesce(t.closed_day, t.data_date), coalesce(t.provision_day, t.data_date),
        case when o.pupil_key is null then coalesce(l.leaving_date, t.data_date) else t.data_date end
      )
    ) as watched_to_date
  from told t
  left join model_pupils__on_roll o on o.pupil_key = t.pupil_key and o.school_urn = t.school_urn
  left join left_on l on l.pupil_key = t.pupil_key and l.school_urn = t.school_urn
),
staged as (
  select
    *,
    case
      when provision_day is not null then 'PROVIDED'
      when is_declined or closed_day is not null or not is_on_roll then 'CLOSED'
      when report_day is not null then 'PROVISION'
      when seen_day is not null then 'REPORT'
      when referral_decision = 'ACCEPTED' then 'SEEN'
      else 'ANSWER'
    end as referral_stage,
    case when report_day is not null and seen_day is null then 'SEEN_MISSING' end as date_fault
  from watched
),
due as (
  select
    *,
    case referral_stage when 'PROVISION' then 'SCHOOL' when 'PROVIDED' then null when 'CLOSED' then null else 'AGENCY' end
      as step_owner,
    case referral_stage
      when 'PROVISION' then date_diff('day', report_day, data_date)
      when 'REPORT' then date_diff('day', seen_day, data_date)
      when 'SEEN' then date_diff('day', referral_date, data_date)
      when 'ANSWER' then date_diff('day', referral_date, data_date)
    end as stage_days,
    case referral_stage when 'ANSWER' then 28 when 'SEEN' then 126 when 'REPORT' then 42 when 'PROVISION' then 28 end
      as limit_days
  from staged
)
select
  pupil_key, school_urn, agency, service, concern_date, referral_date, referral_decision, seen_date, report_date,
  provision_start_date, closed_date, referral_closed_reason, referral_stage, step_owner,
  cast(stage_days as bigint) as stage_days,
  cast(case when stage_days > limit_days then stage_days - limit_days when stage_days is not null then 0 end as bigint)
    as chase_days,
  cast(case when step_owner is not null then date_diff('day', referral_date, data_date) end as bigint) as open_days,
  is_declined, date_fault,
  cast(date_diff('day', concern_date, referral_date) as bigint) as concern_wait_days,
  cast(case
    when not is_declined and date_fault is null then date_diff('day', referral_date, coalesce(seen_day, watched_to_date))
  end as bigint) as seen_wait_days,
  seen_day is not null as is_seen,
  cast(case
    when not is_declined and seen_day is not null
    then greatest(0, date_diff('day', seen_day, coalesce(report_day, watched_to_date)))
  end as bigint) as report_wait_days,
  report_day is not null as is_reported,
  cast(case
    when not is_declined and report_day is not null
    then greatest(0, date_diff('day', report_day, coalesce(provision_day, watched_to_date)))
  end as bigint) as provision_wait_days,
  provision_day is not null as is_provided,
  cast(case
    when not is_declined then date_diff('day', referral_date, coalesce(provision_day, watched_to_date))
  end as bigint) as whole_wait_days
from due
