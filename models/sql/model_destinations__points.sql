-- Each leaver at each of the three points in time. The latest word of school and authority counts; "not known" is said
-- only when neither knows, with the first reason that holds. A point is due on its day.
with points as (
  select
    l.pupil_key, l.school_urn, l.leaving_date, l.leaver_stage, 'SEPTEMBER' as time_point,
    make_date(cast(l.academic_year as int) + 1, 9, 30) as count_date
  from core_leavers l
  union all
  select
    l.pupil_key, l.school_urn, l.leaving_date, l.leaver_stage, 'TWO_TERMS',
    make_date(cast(l.academic_year as int) + 2, 3, 31)
  from core_leavers l
  union all
  select
    l.pupil_key, l.school_urn, l.leaving_date, l.leaver_stage, 'TWO_YEARS',
    make_date(cast(l.academic_year as int) + 3, 9, 30)
  from core_leavers l
),
known as (
  select
    d.pupil_key, d.school_urn, d.leaving_date, d.time_point, d.destination_code, c.destination_category,
    coalesce(c.is_positive, false) as is_positive,
    row_number() over (
      partition by d.pupil_key, d.school_urn, d.leaving_date, d.time_point
      order by coalesce(d.contact_date, date '1900-01-01') desc, d.destination_source desc, d.destination_code
    ) as newest,
    min(case when c.is_positive then 1 else 0 end) over (
      partition by d.pupil_key, d.school_urn, d.leaving_date, d.time_point
    ) < max(case when c.is_positive then 1 else 0 end) over (
      partition by d.pupil_key, d.school_urn, d.leaving_date, d.time_point
    ) as is_contradicted
  from core_destinations d
  join core_destination_codes c on c.destination_code = d.destination_code
  where c.destination_category not in ('Not known', 'Excluded from count')
),
contacts as (
  select
    p.pupil_key, p.school_urn, p.leaving_date, p.time_point,
    case p.time_point
      when 'SEPTEMBER' then t.september_contact_date
      when 'TWO_TERMS' then t.spring_contact_date
      else t.later_contact_date
    end as contact_date
  from points p
  join clean_leavers__pupils t
    on t.pupil_key = p.pupil_key and t.school_urn = p.school_urn and t.leaving_date = p.leaving_date
),
lapsed as (
  select distinct p.pupil_key, p.school_urn, p.leaving_date, p.time_point
  from points p
  join core_activity_spells a
    on a.pupil_key = p.pupil_key and a.start_date <= p.count_date
    and coalesce(a.end_date, p.count_date) >= p.count_date and a.until_date < p.count_date
),
listed as (
  select distinct pupil_key from core_activity_spells
)
select
  p.pupil_key, p.school_urn, p.leaving_date, p.time_point, p.count_date,
  case
    when p.count_date > run.data_date then 'NOT_DUE'
    when k.pupil_key is not null then 'KNOWN'
    when c.contact_date is not null then 'NO_ANSWER'
    when a.pupil_key is not null and p.leaver_stage <> 'Year 6' then 'LAPSED'
    when s.pupil_key is null and p.leaver_stage <> 'Year 6' then 'NOT_LISTED'
    else 'NEVER_CONTACTED'
  end as point_state,
  k.destination_code, k.destination_category, k.is_positive, coalesce(k.is_contradicted, false) as is_contradicted,
  c.contact_date
from points p
cross join core_run run
left join known k
  on k.pupil_key = p.pupil_key and k.school_urn = p.school_urn and k.leaving_date = p.leaving_date
  and k.time_point = p.time_point and k.newest = 1
left join contacts c
  on c.pupil_key = p.pupil_key and c.school_urn = p.school_urn and c.leaving_date = p.leaving_date
  and c.time_point = p.time_point
left join lapsed a
  on a.pupil_key = p.pupil_key and a.school_urn = p.school_urn and a.leaving_date = p.leaving_date
  and a.time_point = p.time_point
left join listed s on s.pupil_key = p.pupil_key
