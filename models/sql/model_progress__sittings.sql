-- The latest value of each pupil on roll in each assessment (not older than 365 days) and the one before it, at least
-- 84 days (twelve weeks) earlier: what a value can show of a change. A scale with known ends has those (bands 1 to 4,
-- statutory codes 1 to 9); of the others the lowest and highest value that anybody was ever given stand for them.
-- The engagement model is no value and is not here.
with taken as (
  select a.pupil_key, a.school_urn, a.assessment_name, a.subject, a.scale, a.score, a.assessed_date
  from core_assessments a
  cross join core_run run
  where a.score is not null and a.assessed_date <= run.data_date
  union all
  select
    m.pupil_key, m.school_urn, m.assessment_name, m.subject, 'STEPS' as scale,
    cast(100 * m.ladder_rung_number + m.ladder_step as double) as score, m.assessed_date
  from model_progress__marks m
  where m.placing = 'PLACED' and m.ladder_system not in ('STATUTORY', 'BANDS', 'POINTS', 'TEST')
),
ends as (
  select
    t.assessment_name, t.subject, t.scale,
    case when t.scale in ('BAND', 'PRE_KEY_STAGE') then 1.0 else min(t.score) end as lowest_score,
    case when t.scale = 'BAND' then 4.0 when t.scale = 'PRE_KEY_STAGE' then 9.0 else max(t.score) end as highest_score
  from taken t
  group by t.assessment_name, t.subject, t.scale
),
ordered as (
  select
    t.*,
    row_number() over (
      partition by t.pupil_key, t.assessment_name, t.subject, t.scale order by t.assessed_date desc, t.school_urn
    ) as place
  from taken t
),
latest as (
  select o.*
  from ordered o
  cross join core_run run
  where o.place = 1 and o.assessed_date > cast(run.data_date - interval 365 day as date)
),
before as (
  select
    l.pupil_key, l.assessment_name, l.subject, l.scale, t.score, t.assessed_date,
    row_number() over (
      partition by l.pupil_key, l.assessment_name, l.subject, l.scale order by t.assessed_date desc, t.school_urn
    ) as place
  from latest l
  join taken t
    on t.pupil_key = l.pupil_key and t.assessment_name = l.assessment_name and t.subject = l.subject
    and t.scale = l.scale and date_diff('day', t.assessed_date, l.assessed_date) >= 84
)
select
  r.pupil_key, r.school_urn, r.sen_provision, r.sen_type, l.assessment_name, l.subject, l.scale, l.score,
  l.assessed_date, b.score as earlier_score, b.assessed_date as earlier_date, e.lowest_score, e.highest_score
from latest l
join model_pupils__on_roll r on r.pupil_key = l.pupil_key
join ends e on e.assessment_name = l.assessment_name and e.subject = l.subject and e.scale = l.scale
left join before b
  on b.pupil_key = l.pupil_key and b.assessment_name = l.assessment_name and b.subject = l.subject
  and b.scale = l.scale and b.place = 1
