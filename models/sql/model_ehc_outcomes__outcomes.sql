-- Where each outcome of an active plan stands, on the record: what the school says, and whether it is borne out.
-- Met needs evidence on record. On track needs evidence of the last 98 days (14 weeks, a term), no milestone overdue and
-- a day that is still to come; else it is UNBACKED, told apart from on track. "No evidence" stays what it is.
-- Evidence is the outcome's own or that of one of its milestones; a day in the future is none.
-- From review to review: the status recorded at the last two meetings held; where it is not recorded, what the dates of
-- milestones show of each meeting's day. The tracker comes as it is today, so nothing else is known of the past.
-- Levels: met 2, on track 1, anything else 0: behind, given up and no evidence show no progress alike.
with held as (
  select
    r.plan_key, r.meeting_date,
    row_number() over (partition by r.plan_key order by r.meeting_date desc, r.review_due_date desc) as place
  from core_ehc_reviews r
  cross join core_run run
  where r.meeting_date <= run.data_date
),
meetings as (
  select
    plan_key, max(case when place = 1 then meeting_date end) as last_date,
    max(case when place = 2 then meeting_date end) as earlier_date
  from held
  where place <= 2
  group by plan_key
),
active as (
  select
    p.plan_key, p.pupil_key, p.school_urn, r.nc_year, r.sen_provision = 'E' as has_plan_on_register,
    count(*) over (partition by p.pupil_key, p.school_urn) as active_plans_count
  from core_ehc_plans p
  join model_pupils__on_roll r on r.pupil_key = p.pupil_key and r.school_urn = p.school_urn
  cross join core_run run
  where p.plan_start_date <= run.data_date and coalesce(p.cease_date > run.data_date, true)
),
stepped as (
  select
    m.plan_key, m.outcome_number, count(*) as milestones_count,
    count(*) filter (where m.milestone_status = 'Met') as met_count,
    count(*) filter (where m.is_overdue) as overdue_count,
    min(case when m.milestone_status in ('Under way', 'Not started') and not m.is_before_plan then m.target_date end)
      as next_date,
    max(case when m.evidence_date <= run.data_date then m.evidence_date end) as evidence_date,
    count(*) filter (where m.milestone_status = 'Met' and m.evidence_date is null) as undated_count,
    count(*) filter (where m.milestone_status = 'Met' and m.evidence_date <= t.last_date) as met_last_count,
    count(*) filter (where m.milestone_status = 'Met' and m.evidence_date <= t.earlier_date) as met_earlier_count,
    count(*) filter (where m.evidence_date <= t.last_date) as shown_last_count,
    count(*) filter (where m.evidence_date <= t.earlier_date) as shown_earlier_count,
    count(*) filter (
      where m.target_date < t.last_date and not (m.milestone_status = 'Met' and m.evidence_date <= t.last_date)
    ) as late_last_count,
    count(*) filter (
      where m.target_date < t.earlier_date and not (m.milestone_status = 'Met' and m.evidence_date <= t.earlier_date)
    ) as late_earlier_count
  from model_ehc_outcomes__milestones m
  cross join core_run run
  left join meetings t on t.plan_key = m.plan_key
  group by m.plan_key, m.outcome_number
),
joined as (
  select
    a.plan_key, a.pupil_key, a.school_urn, a.has_plan_on_register, a.active_plans_count, o.outcome_number,
    o.area_of_need, o.preparation_area, o.due_date, o.status, o.set_date, o.last_review_status,
    o.earlier_review_status, run.data_date, t.last_date, t.earlier_date,
    coalesce(a.nc_year in ('9', '10', '11', '12', '13', '14'), false) as is_from_year_9,
    greatest(case when o.evidence_date <= run.data_date then o.evidence_date end, s.evidence_date) as evidence_date,
    coalesce(s.milestones_count, 0) as milestones_count, coalesce(s.met_count, 0) as met_count,
    coalesce(s.overdue_count, 0) as overdue_count, s.next_date,
    case
      when s.milestones_count is null or s.undated_count > 0 then null
      when s.met_last_count = s.milestones_count then 2
      when s.late_last_count > 0 or s.shown_last_count = 0 then 0
      else 1
    end as last_level,
    case
      when s.milestones_count is null or s.undated_count > 0 then null
      when s.met_earlier_count = s.milestones_count then 2
      when s.late_earlier_count > 0 or s.shown_earlier_count = 0 then 0
      else 1
    end as earlier_level
  from active a
  join core_ehc_outcomes o on o.plan_key = a.plan_key
  cross join core_run run
  left join stepped s on s.plan_key = o.plan_key and s.outcome_number = o.outcome_number
  left join meetings t on t.plan_key = o.plan_key
),
doubted as (
  select
    j.*,
    case
      when j.status not in ('Met', 'On track') then 'SAID'
      when j.evidence_date is null then 'NEVER_EVIDENCED'
      when j.status = 'Met' then 'SAID'
      when j.overdue_count > 0 then 'MILESTONE_OVERDUE'
      when j.due_date < j.data_date then 'PAST_DUE'
      when date_diff('day', j.evidence_date, j.data_date) > 98 then 'EVIDENCE_OLD'
      else 'SAID'
    end as standing_reason,
    date_diff('day', j.due_date, j.data_date) <= 365 or j.status in ('On track', 'Off track') as is_current,
    j.last_review_status is not null and j.earlier_review_status is not null as is_recorded,
    case j.last_review_status when 'Met' then 2 when 'On track' then 1 else 0 end as said_last,
    case j.earlier_review_status when 'Met' then 2 when 'On track' then 1 else 0 end as said_earlier
  from joined j
),
compared as (
  select
    d.*,
    case
      when d.earlier_date is null then null
      when d.set_date > d.earlier_date then 'NEW'
      when d.earlier_review_status in ('Met', 'Not met') then 'ENDED'
      when d.is_recorded and d.said_last > d.said_earlier then 'IMPROVED'
      when d.is_recorded and d.said_last < d.said_earlier then 'WORSE'
      when d.is_recorded then 'HELD'
      when d.last_level is null then null
      when d.earlier_level = 2 then 'ENDED'
      when d.last_level > d.earlier_level then 'IMPROVED'
      when d.last_level < d.earlier_level then 'WORSE'
      else 'HELD'
    end as review_change
  from doubted d
)
select
  plan_key, pupil_key, school_urn, outcome_number, area_of_need, preparation_area, is_from_year_9, due_date, status,
  evidence_date, cast(milestones_count as bigint) as milestones_count, cast(met_count as bigint) as met_milestones_count,
  cast(overdue_count as bigint) as overdue_milestones_count, next_date as next_milestone_date,
  case
    when standing_reason <> 'SAID' then 'UNBACKED'
    when status = 'Met' then 'MET'
    when status = 'On track' then 'ON_TRACK'
    when status = 'No evidence' then 'NO_EVIDENCE'
    else 'OFF_TRACK'
  end as standing,
  standing_reason, is_current, review_change,
  case
    when review_change is null or review_change = 'NEW' then null
    when is_recorded or earlier_review_status in ('Met', 'Not met') then 'RECORDED'
    else 'MILESTONES'
  end as change_basis,
  case
    when not is_current or (status in ('Met', 'Not met') and standing_reason = 'SAID') then 'NONE'
    when overdue_count > 0 then 'CHASE_MILESTONE'
    when due_date < data_date then 'SETTLE'
    when status = 'No evidence' or standing_reason in ('NEVER_EVIDENCED', 'EVIDENCE_OLD') then 'GATHER_EVIDENCE'
    when status = 'Off track' then 'CHANGE_SUPPORT'
    when milestones_count = 0 then 'SET_MILESTONES'
    when is_from_year_9 and preparation_area is null then 'LINK_ADULTHOOD'
    when next_date is not null then 'NEXT_MILESTONE'
    else 'NONE'
  end as next_step,
  cast(active_plans_count as bigint) as active_plans_count, has_plan_on_register
from compared
