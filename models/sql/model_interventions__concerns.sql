-- From the first concern to support: the first low standardised score or the first entry in the SEN register, whichever
-- came first, of pupils on roll; only where it came in the two years before the data date. Support is any group that
-- the pupil started in, whatever its name; one that was running on the day of the concern was there at once. A concern
-- from before the first file is not known: the first that is known stands for it.
with low_scores as (
  select a.pupil_key, min(a.assessed_date) as score_date
  from core_assessments a
  cross join core_run run
  cross join core_screening c
  where a.scale = 'STANDARDISED' and a.score < c.low_score and a.assessed_date <= run.data_date
  group by a.pupil_key
),
entries as (
  select s.pupil_key, min(s.start_date) as entry_date
  from core_sen_status s
  cross join core_run run
  where s.sen_provision in ('K', 'E') and s.start_date <= run.data_date
  group by s.pupil_key
),
concerns as (
  select
    r.pupil_key, r.school_urn,
    coalesce(least(l.score_date, e.entry_date), l.score_date, e.entry_date) as concern_date,
    case when l.score_date is null or e.entry_date <= l.score_date then 'REGISTER' else 'SCORE' end as concern
  from model_pupils__on_roll r
  left join low_scores l on l.pupil_key = r.pupil_key
  left join entries e on e.pupil_key = r.pupil_key
),
recent as (
  select c.*, run.data_date
  from concerns c
  cross join core_run run
  where c.concern_date > cast(run.data_date - interval 730 day as date)
),
begun as (
  select c.pupil_key, c.school_urn, greatest(min(s.started_date), c.concern_date) as begun_date
  from recent c
  join model_interventions__starters s
    on s.pupil_key = c.pupil_key and s.end_date >= c.concern_date and s.started_date <= c.data_date
  group by c.pupil_key, c.school_urn, c.concern_date
)
select
  c.pupil_key, c.school_urn, c.concern_date, c.concern, b.begun_date,
  date_diff('day', c.concern_date, coalesce(b.begun_date, c.data_date)) as waited_days
from recent c
left join begun b on b.pupil_key = c.pupil_key and b.school_urn = c.school_urn
