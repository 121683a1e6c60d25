-- Each line of section F by academic year: what it promises, what of it fell due by the data date, what took place.
-- Due is the share of the year's days in term that are over, of the planned sessions; the tracker has no finer plan and
-- gives one total a year, so a shortfall is known since a year, never since a day. Hours go by the delivered share of the
-- planned sessions. BEHIND: a whole session or more, and less than 90% of what is due. What is ahead on one line never
-- makes up for another. A specialist's visit is told by the adult's grade: a therapist's programme that an assistant
-- delivers is the school's own support.
with school_days as (
  select
    h.academic_year,
    sum(case
      when h.start_date <= run.data_date then date_diff('day', h.start_date, least(h.end_date, run.data_date)) + 1 else 0
    end) / nullif(cast(sum(date_diff('day', h.start_date, h.end_date) + 1) as double), 0) as elapsed_rate
  from core_half_terms h
  cross join core_run run
  where h.half_term <> 'Entry'
  group by h.academic_year
),
due as (
  select
    v.plan_key, p.pupil_key, v.school_urn, v.academic_year, v.line_number, v.provision_type, v.staff_grade,
    v.staff_grade in ('Therapist', 'Specialist teacher') as is_specialist, lower(v.provision_type) as words,
    v.hours_per_week, v.weeks_per_year, v.group_size_count, v.fixed_pence, v.planned_sessions_count,
    v.delivered_sessions_count, coalesce(d.elapsed_rate, 1.0) as elapsed_rate,
    v.planned_sessions_count * coalesce(d.elapsed_rate, 1.0) as due_count,
    v.hours_per_week * v.weeks_per_year as promised_hours,
    v.hours_per_week * v.weeks_per_year * coalesce(d.elapsed_rate, 1.0) as due_hours,
    v.hours_per_week * v.weeks_per_year * v.delivered_sessions_count
      / nullif(cast(v.planned_sessions_count as double), 0) as delivered_hours
  from core_ehc_provision v
  join core_ehc_plans p on p.plan_key = v.plan_key
  left join school_days d on d.academic_year = v.academic_year
),
missed as (
  select
    due.*,
    case
      when delivered_sessions_count is null then null
      else cast(floor(greatest(due_count - delivered_sessions_count, 0.0) + 0.000001) as bigint)
    end as shortfall_count
  from due
),
stated as (
  select
    missed.*,
    case
      when planned_sessions_count = 0 then 'NOTHING_PLANNED'
      when delivered_sessions_count is null then 'NOT_RECORDED'
      when delivered_sessions_count > planned_sessions_count then 'ABOVE_PLAN'
      when shortfall_count >= 1 and delivered_sessions_count < 0.9 * due_count - 0.000001 then 'BEHIND'
      else 'ON_PLAN'
    end as delivery_state
  from missed
),
followed as (
  select
    s.*, s.delivery_state = 'BEHIND' as is_behind,
    lag(s.delivery_state) over (partition by s.plan_key, s.line_number order by s.academic_year) as earlier_state,
    lag(s.academic_year) over (partition by s.plan_key, s.line_number order by s.academic_year) as earlier_year
  from stated s
),
runs as (
  select
    f.*,
    sum(case
      when f.is_behind and f.earlier_state = 'BEHIND' and f.earlier_year = f.academic_year - 1 then 0 else 1
    end) over (
      partition by f.plan_key, f.line_number order by f.academic_year rows between unbounded preceding and current row
    ) as run_number
  from followed f
)
select
  plan_key, pupil_key, school_urn, academic_year, line_number, provision_type,
  case
    when is_specialist and words like '%speech%' then 'SPEECH_LANGUAGE'
    when is_specialist and words like '%occupational%' then 'OCCUPATIONAL_THERAPY'
    when is_specialist and words like '%physio%' then 'PHYSIOTHERAPY'
    when staff_grade = 'Specialist teacher' then 'SPECIALIST_TEACHING'
    when is_specialist then 'OTHER_SPECIALIST'
    when words like '%mentor%' then 'MENTORING'
    when words like '%class%' then 'CLASS_SUPPORT'
    when words like '%group%' then 'SMALL_GROUP'
    else 'OTHER_SUPPORT'
  end as provision_group,
  is_specialist, staff_grade, hours_per_week, weeks_per_year, group_size_count, fixed_pence, planned_sessions_count,
  elapsed_rate, due_count as due_sessions_count, delivered_sessions_count, shortfall_count as shortfall_sessions_count,
  promised_hours, due_hours, delivered_hours,
  case when delivered_hours is not null then greatest(due_hours - delivered_hours, 0.0) end as shortfall_hours,
  delivery_state,
  case
    when is_behind then min(academic_year) over (partition by plan_key, line_number, run_number)
  end as behind_since_year
from runs
