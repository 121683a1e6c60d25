-- Assessments, each on the scale that its mark scheme names. A mark that is no figure of its scale stays as recorded,
-- without a score: "141+", "absent", an age with 13 months. The engagement model is never scored.
with ranks as (
  -- Statutory teacher assessment codes in order; seeds/reference/pre_key_stage.csv (a test holds the two in step).
  select 'PK1' as code, 1 as code_rank union all select 'PK2', 2 union all select 'PK3', 3 union all
  select 'PK4', 4 union all select 'PK5', 5 union all select 'PK6', 6 union all
  select 'WTS', 7 union all select 'EXS', 8 union all select 'GDS', 9
),
bands as (
  -- Point-in-time bands in order; Insight's own words, then those of schools.
  select 'below' as word, 1 as band_rank union all select 'well below', 1 union all
  select 'towards', 2 union all select 'working towards', 2 union all select 'just below', 2 union all
  select 'within', 3 union all select 'at', 3 union all select 'expected', 3 union all select 'working at', 3 union all
  select 'above', 4 union all select 'greater depth', 4 union all select 'working above', 4
),
read_once as (
  select
    a.pupil_key, a.school_urn, a.academic_year, a.half_term, a.assessment_name, a.subject, a.mark, a.assessed_date,
    lower(a.mark_scheme) as scheme, lower(trim(a.mark)) as word, upper(trim(a.mark)) as code
  from clean_insight__assessments a
),
scaled as (
  select
    m.*, r.code_rank, b.band_rank,
    case
      when m.scheme like '%engagement%' or m.code = 'EM' then 'ENGAGEMENT'
      when m.scheme like '%pre-key%' or m.scheme like '%pre key%' then 'PRE_KEY_STAGE'
      when regexp_matches(m.scheme, '(^|[^a-z])ages?([^a-z]|$)') and not m.scheme like '%standard%' then 'AGE'
      when m.scheme like '%standardi_ed%' or m.scheme like '%standard score%' then 'STANDARDISED'
      when m.scheme like '%band%' or m.scheme like '%point in time%' or m.scheme like '%point-in-time%' then 'BAND'
      when m.scheme like '%scaled%' or m.scheme like '%point%' or m.scheme like '%step%' or m.scheme like '%raw%'
        then 'POINTS'
      when r.code is not null then 'PRE_KEY_STAGE'
      when b.word is not null then 'BAND'
      else 'POINTS'
    end as scale,
    case when regexp_matches(m.word, '^[0-9]{1,4}([.][0-9]+)?$') then try_cast(m.word as double) end as figure,
    -- 8.10 is eight years and ten months; 8y 9m and 8:09 are understood too. Never read as a decimal.
    try_cast(regexp_extract(m.word, '^([0-9]{1,2}) *([.:y]|$)', 1) as bigint) as age_years,
    coalesce(try_cast(regexp_extract(m.word, '^[0-9]{1,2} *[.:y] *([0-9]{1,2}) *m?$', 1) as bigint), 0) as age_months,
    regexp_matches(m.word, '^[0-9]{1,2}( *[.:] *[0-9]{1,2}| *y( *[0-9]{1,2} *m?)?)?$') as is_age
  from read_once m
  left join ranks r on r.code = m.code
  left join bands b on b.word = m.word
)
select
  s.pupil_key, s.school_urn, s.academic_year, s.half_term, s.assessment_name, s.subject, s.scale,
  cast(case
    when s.scale in ('STANDARDISED', 'POINTS') then s.figure
    when s.scale = 'AGE' and s.is_age and s.age_months <= 11 then s.age_years * 12 + s.age_months
    when s.scale = 'BAND' then s.band_rank
    when s.scale = 'PRE_KEY_STAGE' then s.code_rank
  end as double) as score,
  s.mark,
  coalesce(s.assessed_date, h.middle_date, make_date(cast(s.academic_year as int), 9, 1)) as assessed_date
from scaled s
left join core_half_terms h on h.academic_year = s.academic_year and h.half_term = s.half_term
