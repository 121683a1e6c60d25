-- Where each pupil with SEN on roll stands on the ladder in each subject, and where about a year before.
-- Now: of the marks in a system of the ladder, those of the six weeks up to the latest (not older than 365 days): one
-- with a place first, of these the finest system (a school's own steps, then statutory codes, then bands), the latest.
-- Without any such mark, points or tests say that the pupil is recorded, and not where.
-- Before: the mark nearest to 365 days earlier, 300 to 420 days, in the same system and wherever the pupil then was.
-- A system that was exchanged in between says nothing of a move: OTHER_SYSTEM.
-- A move is one of rungs, which all schools share; small steps within a rung stand apart, because a school that records
-- them would else seem to move its pupils more often than one that does not.
with subjects as (
  select 'Reading' as subject union all select 'Writing' union all select 'Mathematics'
),
pathways as (
  select
    s.pupil_key, s.school_urn, s.pathway,
    row_number() over (
      partition by s.pupil_key, s.school_urn order by s.recorded_date desc, s.subject, s.framework
    ) as place
  from core_small_steps s
  cross join core_run run
  where s.pathway is not null and s.recorded_date <= run.data_date
),
people as (
  select r.pupil_key, r.school_urn, r.nc_year, r.sen_provision, r.sen_type, p.pathway, s.subject
  from model_pupils__on_roll r
  cross join subjects s
  left join pathways p on p.pupil_key = r.pupil_key and p.school_urn = r.school_urn and p.place = 1
  where r.sen_provision in ('K', 'E')
),
recent as (
  select
    m.*, m.ladder_system not in ('POINTS', 'TEST') as is_of_ladder,
    case m.ladder_system
      when 'TEST' then 5 when 'POINTS' then 4 when 'BANDS' then 3 when 'STATUTORY' then 2 else 1
    end as coarseness,
    max(case when m.ladder_system not in ('POINTS', 'TEST') then m.assessed_date end)
      over (partition by m.pupil_key, m.subject) as last_date
  from model_progress__marks m
  cross join core_run run
  where m.assessed_date > cast(run.data_date - interval 365 day as date)
),
ordered as (
  select
    r.*,
    row_number() over (
      partition by r.pupil_key, r.subject
      order by case when r.placing = 'PLACED' then 0 else 1 end, r.coarseness, r.assessed_date desc, r.school_urn,
        r.assessment_name
    ) as place
  from recent r
  where r.last_date is null or (r.is_of_ladder and date_diff('day', r.assessed_date, r.last_date) <= 42)
),
unknown as (
  select
    m.pupil_key, m.subject, m.mark,
    row_number() over (
      partition by m.pupil_key, m.subject order by m.assessed_date desc, m.school_urn, m.assessment_name
    ) as place
  from model_progress__marks m
  cross join core_run run
  where m.placing = 'UNKNOWN_CODE' and m.assessed_date > cast(run.data_date - interval 365 day as date)
),
now_at as (
  select * from ordered where place = 1
),
earlier as (
  select
    n.pupil_key, n.subject, m.mark, m.assessed_date, m.ladder_system = n.ladder_system as is_same_system,
    m.ladder_rung, m.ladder_rung_number, m.ladder_step,
    row_number() over (
      partition by n.pupil_key, n.subject
      order by case when m.ladder_system = n.ladder_system then 0 else 1 end,
        abs(date_diff('day', m.assessed_date, n.assessed_date) - 365), m.assessed_date desc, m.school_urn,
        m.assessment_name
    ) as place
  from now_at n
  join model_progress__marks m on m.pupil_key = n.pupil_key and m.subject = n.subject and m.placing = 'PLACED'
  where n.placing = 'PLACED' and date_diff('day', m.assessed_date, n.assessed_date) between 300 and 420
),
reached as (
  select n.pupil_key, n.subject, min(m.assessed_date) as reached_date
  from now_at n
  join model_progress__marks m
    on m.pupil_key = n.pupil_key and m.subject = n.subject and m.ladder_system = n.ladder_system
    and m.placing = 'PLACED' and m.assessed_date <= n.assessed_date
    and (
      m.ladder_rung_number > n.ladder_rung_number
      or (m.ladder_rung_number = n.ladder_rung_number and m.ladder_step >= n.ladder_step)
    )
  group by n.pupil_key, n.subject
)
select
  p.pupil_key, p.school_urn, p.subject, p.nc_year, p.sen_provision, p.sen_type, p.pathway,
  case
    when n.placing = 'PLACED' then 'PLACED'
    when n.placing is not null then 'UNPLACED'
    when p.nc_year in ('E1', 'E2', 'N1', 'N2', 'R') then 'TOO_YOUNG'
    else 'NOT_RECORDED'
  end as ladder_standing,
  case when n.placing <> 'PLACED' then n.placing end as unplaced_reason,
  n.ladder_system, n.mark, n.assessed_date, n.ladder_rung, n.ladder_rung_number, n.ladder_step, d.reached_date,
  case when e.is_same_system then e.mark end as earlier_mark,
  case when e.is_same_system then e.assessed_date end as earlier_date,
  case when e.is_same_system then e.ladder_rung end as earlier_rung,
  case
    when n.placing is null or n.placing <> 'PLACED' then null
    when e.pupil_key is null then 'NOTHING_BEFORE'
    when not e.is_same_system then 'OTHER_SYSTEM'
    when n.ladder_rung_number > e.ladder_rung_number then 'UP'
    when n.ladder_rung_number < e.ladder_rung_number then 'DOWN'
    else 'HELD'
  end as movement,
  case
    when e.is_same_system then n.ladder_rung_number = e.ladder_rung_number and n.ladder_step > e.ladder_step
  end as is_further_within_rung,
  u.mark as unknown_mark
from people p
left join now_at n on n.pupil_key = p.pupil_key and n.subject = p.subject
left join earlier e on e.pupil_key = p.pupil_key and e.subject = p.subject and e.place = 1
left join unknown u on u.pupil_key = p.pupil_key and u.subject = p.subject and u.place = 1
left join reached d on d.pupil_key = p.pupil_key and d.subject = p.subject
