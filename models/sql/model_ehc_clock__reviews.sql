-- Annual reviews by their clock. A review is due 12 months after the decision that ended the one before (four weeks
-- after its meeting while no decision is known), the first 12 months after the plan; 6 months for a child who is then
-- still under five. Where nothing earlier is known, as for a plan that came with the pupil, the tracker's own day
-- stands. A live plan whose tracker lacks the next review gets one here.
-- What is dated after the data date has not happened. A review passed over gives way to the next, which is then late by
-- as much. A step without a date is not late once a later step has one.
with dated as (
  select
    p.plan_key, p.pupil_key, p.school_urn, p.plan_start_date, p.is_active, p.is_doubled, c.birth_date, run.data_date,
    r.review_due_date, r.meeting_date, r.review_decision, r.is_adulthood_covered,
    coalesce(r.meeting_date <= run.data_date, false) as is_held,
    case when r.papers_sent_date <= run.data_date then r.papers_sent_date end as papers_sent_date,
    case when r.report_sent_date <= run.data_date then r.report_sent_date end as report_sent_date,
    case when r.decision_date <= run.data_date then r.decision_date end as decision_date,
    case when r.amended_plan_date <= run.data_date then r.amended_plan_date end as amended_plan_date
  from core_ehc_reviews r
  join model_ehc_clock__plans p on p.plan_key = r.plan_key
  join core_pupils c on c.pupil_key = p.pupil_key
  cross join core_run run
),
numbered as (
  select
    d.*,
    case
      when d.is_held then coalesce(d.decision_date, cast(d.meeting_date + interval 28 day as date))
    end as anchor_date,
    row_number() over (partition by d.plan_key order by d.review_due_date) as review_number,
    row_number() over (partition by d.plan_key order by d.review_due_date desc) as place_from_last
  from dated d
),
chained as (
  select
    n.*,
    max(n.anchor_date) over (
      partition by n.plan_key order by n.review_due_date rows between unbounded preceding and 1 preceding
    ) as anchor_before,
    coalesce(max(case when n.is_held then n.review_number end) over (partition by n.plan_key), 0) as last_held_number
  from numbered n
),
ruled as (
  select
    c.*,
    case
      when not c.is_held and c.review_number > c.last_held_number + 1 then 'TRACKER'
      when c.anchor_before is not null then 'DECISION'
      when c.review_number = 1 and c.review_due_date <= cast(c.plan_start_date + interval 18 month as date)
      then 'PLAN_START'
      else 'TRACKER'
    end as due_rule
  from chained c
  where c.is_held or (c.is_active and c.review_number > c.last_held_number)
),
tracked as (
  select
    plan_key, pupil_key, school_urn, is_active, is_doubled, birth_date, data_date, plan_start_date, review_number,
    review_due_date, true as is_in_tracker, is_held, last_held_number, meeting_date, papers_sent_date,
    report_sent_date, decision_date, review_decision, amended_plan_date, is_adulthood_covered,
    case due_rule when 'DECISION' then anchor_before when 'PLAN_START' then plan_start_date end as from_date, due_rule
  from ruled
),
lacking as (
  select
    p.plan_key, p.pupil_key, p.school_urn, p.is_active, p.is_doubled, c.birth_date, run.data_date, p.plan_start_date,
    coalesce(n.review_number, 0) + 1 as review_number, cast(null as date) as review_due_date, false as is_in_tracker,
    false as is_held, coalesce(n.review_number, 0) as last_held_number, cast(null as date) as meeting_date,
    cast(null as date) as papers_sent_date,
    cast(null as date) as report_sent_date, cast(null as date) as decision_date,
    cast(null as varchar) as review_decision, cast(null as date) as amended_plan_date,
    cast(null as boolean) as is_adulthood_covered,
    case
      when n.anchor_date is not null then n.anchor_date else greatest(p.plan_start_date, p.entry_date)
    end as from_date,
    case
      when n.anchor_date is not null then 'DECISION' when p.entry_date > p.plan_start_date then 'ENTRY'
      else 'PLAN_START'
    end as due_rule
  from model_ehc_clock__plans p
  join core_pupils c on c.pupil_key = p.pupil_key
  cross join core_run run
  left join numbered n on n.plan_key = p.plan_key and n.place_from_last = 1
  where p.is_active and (n.plan_key is null or n.is_held) and coalesce(n.review_decision, 'Keep') <> 'Cease'
),
both_kinds as (
  select * from tracked
  union all
  select * from lacking
),
due as (
  select
    b.*,
    cast(case
      when b.from_date is null then b.review_due_date
      when b.birth_date + interval 60 month > b.from_date + interval 6 month then b.from_date + interval 6 month
      else b.from_date + interval 12 month
    end as date) as due_date,
    b.is_active and b.review_number >= b.last_held_number as is_live
  from both_kinds b
),
limits as (
  select
    d.*,
    case when is_held then cast(meeting_date + interval 14 day as date) end as report_due_date,
    case when is_held then cast(meeting_date + interval 28 day as date) end as decision_due_date,
    case
      when is_held and decision_date is not null and (review_decision = 'Amend' or amended_plan_date is not null)
      then least(cast(decision_date + interval 56 day as date), cast(meeting_date + interval 84 day as date))
    end as amended_due_date,
    case when is_held then meeting_date else due_date end as year_day
  from due d
),
aged as (
  select
    l.*,
    year(year_day) - case when month(year_day) >= 9 then 0 else 1 end
      - year(birth_date) - case when month(birth_date) >= 9 then 1 else 0 end >= 13 as is_from_year_9
  from limits l
)
select
  plan_key, pupil_key, school_urn, cast(review_number as bigint) as review_number, review_due_date, due_date, due_rule,
  is_in_tracker, is_held, is_live, meeting_date, papers_sent_date, report_due_date, report_sent_date,
  decision_due_date, decision_date,
  case when decision_date is not null then review_decision end as review_decision,
  amended_due_date, amended_plan_date,
  cast(case
    when is_held then greatest(date_diff('day', due_date, meeting_date), 0)
    when due_date < data_date then date_diff('day', due_date, data_date)
  end as bigint) as meeting_late_days,
  cast(case
    when is_held and papers_sent_date is not null
    then greatest(date_diff('day', cast(meeting_date - interval 14 day as date), papers_sent_date), 0)
  end as bigint) as papers_late_days,
  cast(case
    when report_sent_date is not null then greatest(date_diff('day', report_due_date, report_sent_date), 0)
    when decision_date is null and is_live and report_due_date < data_date
    then date_diff('day', report_due_date, data_date)
  end as bigint) as report_late_days,
  cast(case
    when decision_date is not null then greatest(date_diff('day', decision_due_date, decision_date), 0)
    when is_live and decision_due_date < data_date then date_diff('day', decision_due_date, data_date)
  end as bigint) as decision_late_days,
  cast(case
    when amended_plan_date is not null then greatest(date_diff('day', amended_due_date, amended_plan_date), 0)
    when is_live and amended_due_date < data_date then date_diff('day', amended_due_date, data_date)
  end as bigint) as amended_late_days,
  is_from_year_9, is_adulthood_covered,
  case
    when review_due_date < plan_start_date then 'DUE_BEFORE_PLAN'
    when is_live and is_doubled and not is_held then 'TWO_ACTIVE_PLANS'
    when is_held and is_live and is_from_year_9 and not coalesce(is_adulthood_covered, false)
    then 'ADULTHOOD_NOT_RECORDED'
  end as data_rule
from aged
