-- Each mark in reading, writing and mathematics with its place on the one ladder, by the version of the reference data
-- that held on its day. A code that these do not know stays UNKNOWN_CODE: it is told, never guessed. Points and raw
-- scores have no known unit, and a test is no step, so neither has a place.
with recorded as (
  select
    a.pupil_key, a.school_urn, a.subject, a.assessment_name, a.mark, a.assessed_date,
    case
      when a.scale in ('PRE_KEY_STAGE', 'ENGAGEMENT') then 'STATUTORY'
      when a.scale = 'BAND' then 'BANDS'
      when a.scale = 'POINTS' then 'POINTS'
      else 'TEST'
    end as ladder_system
  from core_assessments a
  union all
  select
    s.pupil_key, s.school_urn, s.subject, s.framework as assessment_name, s.step_code as mark,
    s.recorded_date as assessed_date,
    case
      when lower(trim(s.framework)) in ('pre-key stage', 'pre key stage', 'pre-key stage standards', 'engagement model')
        then 'STATUTORY'
      else upper(trim(s.framework))
    end as ladder_system
  from core_small_steps s
),
known as (
  select
    r.pupil_key, r.school_urn, r.assessment_name, r.mark, r.assessed_date, r.ladder_system,
    upper(trim(r.mark)) as mark_code,
    case
      when lower(trim(r.subject)) in ('reading', 'english reading') then 'Reading'
      when lower(trim(r.subject)) in ('writing', 'english writing') then 'Writing'
      when lower(trim(r.subject)) in ('mathematics', 'maths', 'math') then 'Mathematics'
    end as subject
  from recorded r
  cross join core_run run
  where r.assessed_date <= run.data_date
),
once as (
  select
    k.*,
    row_number() over (
      partition by k.pupil_key, k.school_urn, k.subject, k.assessment_name, k.ladder_system, k.assessed_date
      order by k.mark_code
    ) as place
  from known k
  where k.subject is not null
)
select
  o.pupil_key, o.school_urn, o.subject, o.assessment_name, o.ladder_system, o.assessed_date, o.mark,
  case
    when c.code_placing is not null then c.code_placing
    when o.ladder_system = 'POINTS' then 'OTHER_SCALE'
    when o.ladder_system = 'TEST' then 'TEST_ONLY'
    else 'UNKNOWN_CODE'
  end as placing,
  c.ladder_rung, c.ladder_rung_number, c.ladder_step
from once o
left join core_ladder_codes c
  on c.ladder_system = o.ladder_system and c.mark_code = o.mark_code and c.valid_from_date <= o.assessed_date
  and coalesce(c.valid_until_date, o.assessed_date) >= o.assessed_date
where o.place = 1
