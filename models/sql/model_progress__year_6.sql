-- Pupils with SEN in year 6 by birthday, in the last three whole academic years: the last judgement of March to August
-- in each subject, and the one about two years before it (640 to 820 days) in the same system. The SEN group and the
-- school are those of the judgement's day. A pupil counts when all three subjects are judged on the ladder; "below" is a
-- judgement too. Teachers' judgements are no test results.
with years as (
  select distinct h.academic_year, make_date(cast(h.academic_year + 1 as int), 3, 1) as first_date,
    make_date(cast(h.academic_year + 1 as int), 8, 31) as last_date
  from core_half_terms h
  cross join core_run run
  where h.academic_year between run.academic_year - 3 and run.academic_year - 1
),
judged as (
  select
    m.pupil_key, m.school_urn, y.academic_year, m.subject, m.ladder_system, m.placing, m.ladder_rung_number,
    m.ladder_step, m.assessed_date,
    row_number() over (
      partition by m.pupil_key, y.academic_year, m.subject
      order by m.assessed_date desc, m.ladder_system, m.school_urn, m.assessment_name
    ) as place
  from model_progress__marks m
  join years y on m.assessed_date between y.first_date and y.last_date
  join core_pupils p on p.pupil_key = m.pupil_key
  where m.placing in ('PLACED', 'BELOW_ONLY') and m.ladder_system in ('STATUTORY', 'BANDS')
    and p.birth_date between make_date(cast(y.academic_year - 11 as int), 9, 1)
    and make_date(cast(y.academic_year - 10 as int), 8, 31)
),
earlier as (
  select
    j.pupil_key, j.academic_year, j.subject, m.ladder_rung_number,
    row_number() over (
      partition by j.pupil_key, j.academic_year, j.subject
      order by abs(date_diff('day', m.assessed_date, j.assessed_date) - 730), m.assessed_date desc, m.school_urn,
        m.assessment_name
    ) as place
  from judged j
  join model_progress__marks m
    on m.pupil_key = j.pupil_key and m.subject = j.subject and m.ladder_system = j.ladder_system
  where j.place = 1 and j.placing = 'PLACED' and m.placing = 'PLACED'
    and date_diff('day', m.assessed_date, j.assessed_date) between 640 and 820
),
together as (
  select
    j.pupil_key, j.academic_year, max(j.school_urn) as school_urn, max(j.assessed_date) as assessed_date,
    min(case when j.placing = 'PLACED' then j.ladder_rung_number else -1 end) >= 8 as is_expected,
    count(e.pupil_key) as compared_count,
    count(*) filter (where j.ladder_rung_number < e.ladder_rung_number) as fell_count
  from judged j
  left join earlier e
    on e.pupil_key = j.pupil_key and e.academic_year = j.academic_year and e.subject = j.subject and e.place = 1
  where j.place = 1
  group by j.pupil_key, j.academic_year
  having count(*) = 3
),
statuses as (
  select
    t.pupil_key, t.academic_year, s.sen_provision,
    row_number() over (
      partition by t.pupil_key, t.academic_year order by s.start_date desc, s.sen_provision
    ) as place
  from together t
  join core_sen_status s
    on s.pupil_key = t.pupil_key and s.school_urn = t.school_urn and s.start_date <= t.assessed_date
    and coalesce(s.end_date, t.assessed_date) >= t.assessed_date
)
select
  t.pupil_key, t.academic_year, t.school_urn, s.sen_provision, t.is_expected,
  case when t.compared_count = 3 then t.fell_count = 0 end as has_kept_pace
from together t
join statuses s on s.pupil_key = t.pupil_key and s.academic_year = t.academic_year and s.place = 1
where s.sen_provision in ('K', 'E')
