-- What became of each leaver. At each point the latest known destination of school and authority counts; "not known"
-- is said only when neither knows. Two terms are sustained when the March destination is one of education, employment
-- or training and September's was not known to be anything else (DfE: all of October to March). Custody and the like
-- have no "positive" in the code table: not sustained, in their own category.
with known as (
  select
    d.pupil_key, d.school_urn, d.leaving_date, d.time_point, c.destination_category,
    coalesce(c.is_positive, false) as is_positive,
    row_number() over (
      partition by d.pupil_key, d.school_urn, d.leaving_date, d.time_point
      order by coalesce(d.contact_date, date '1900-01-01') desc, d.destination_source desc, d.destination_code
    ) as newest
  from core_destinations d
  join core_destination_codes c on c.destination_code = d.destination_code
  where c.destination_category not in ('Not known', 'Excluded from count')
),
said as (
  select
    l.pupil_key, l.school_urn, l.leaving_date, l.academic_year, l.leaver_stage, l.sen_provision,
    i.destination_category as intended_category,
    s.destination_category as september_category, s.is_positive as is_september_positive,
    t.destination_category as spring_category, t.is_positive as is_spring_positive,
    run.data_date >= make_date(cast(l.academic_year as int) + 2, 3, 31) as is_due
  from core_leavers l
  cross join core_run run
  left join core_destination_codes i
    on i.destination_code = l.intended_code and i.destination_category not in ('Not known', 'Excluded from count')
  left join known s
    on s.pupil_key = l.pupil_key and s.school_urn = l.school_urn and s.leaving_date = l.leaving_date
    and s.time_point = 'SEPTEMBER' and s.newest = 1
  left join known t
    on t.pupil_key = l.pupil_key and t.school_urn = l.school_urn and t.leaving_date = l.leaving_date
    and t.time_point = 'TWO_TERMS' and t.newest = 1
)
select
  pupil_key, school_urn, leaving_date, academic_year, leaver_stage,
  sen_provision <> 'N' as has_sen, sen_provision = 'E' as has_ehc_plan,
  september_category = intended_category as is_intended_reached,
  case
    when is_september_positive is null then 'UNKNOWN' when is_september_positive then 'SUSTAINED' else 'NOT_SUSTAINED'
  end as september_outcome,
  case
    when not is_due then 'NOT_DUE'
    when is_spring_positive is null then 'UNKNOWN'
    when is_spring_positive and coalesce(is_september_positive, true) then 'SUSTAINED'
    else 'NOT_SUSTAINED'
  end as sustained_outcome,
  coalesce(spring_category, september_category, 'Not known') as destination_category
from said
