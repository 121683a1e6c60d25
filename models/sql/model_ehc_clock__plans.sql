-- Plans begun by the data date. One counts as active while it has not ended and the pupil is on the school's roll; of
-- two in one school the later one counts, and the school is asked. Who has died, as any list says, is left out of all.
with stays as (
  select
    e.pupil_key, e.school_urn, e.entry_date, e.leaving_date,
    row_number() over (partition by e.pupil_key, e.school_urn order by e.entry_date desc) as place
  from core_enrolments e
  cross join core_run run
  where e.entry_date <= run.data_date
),
begun as (
  select
    p.plan_key, p.pupil_key, p.school_urn, p.plan_start_date, s.entry_date,
    case when p.cease_date <= run.data_date then p.cease_date end as cease_date,
    case when s.leaving_date < run.data_date then s.leaving_date end as leaving_date,
    coalesce(p.cease_date > run.data_date, true) and r.pupil_key is not null as is_in_force
  from core_ehc_plans p
  cross join core_run run
  left join core_deceased d on d.pupil_key = p.pupil_key
  left join stays s on s.pupil_key = p.pupil_key and s.school_urn = p.school_urn and s.place = 1
  left join model_pupils__on_roll r on r.pupil_key = p.pupil_key and r.school_urn = p.school_urn
  where p.plan_start_date <= run.data_date and d.pupil_key is null
),
placed as (
  select
    b.*,
    row_number() over (
      partition by b.pupil_key, b.school_urn, b.is_in_force order by b.plan_start_date desc, b.plan_key desc
    ) as place,
    count(*) over (partition by b.pupil_key, b.school_urn, b.is_in_force) as plans_count
  from begun b
)
select
  plan_key, pupil_key, school_urn, plan_start_date, cease_date, entry_date, leaving_date,
  is_in_force and place = 1 as is_active, is_in_force and plans_count > 1 as is_doubled
from placed
