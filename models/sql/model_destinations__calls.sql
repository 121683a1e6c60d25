-- The next call to each leaver. The latest point that is due is asked about when nobody knows it, or when school and
-- authority differ: by its day, and after a contact that brought no answer two weeks later. Two years on is asked for
-- six months, then left. Where the latest point is known, the next one is asked about by its day.
with latest as (
  select
    p.*,
    row_number() over (
      partition by p.pupil_key, p.school_urn, p.leaving_date order by p.count_date desc
    ) as newest
  from model_destinations__points p
  where p.point_state <> 'NOT_DUE'
),
next_point as (
  select
    p.*,
    row_number() over (partition by p.pupil_key, p.school_urn, p.leaving_date order by p.count_date) as soonest
  from model_destinations__points p
  where p.point_state = 'NOT_DUE'
),
last_known as (
  select
    p.pupil_key, p.school_urn, p.leaving_date, p.is_positive, c.destination_label,
    row_number() over (
      partition by p.pupil_key, p.school_urn, p.leaving_date order by p.count_date desc
    ) as newest
  from model_destinations__points p
  join core_destination_codes c on c.destination_code = p.destination_code
  where p.point_state = 'KNOWN'
),
contacted as (
  select p.pupil_key, p.school_urn, p.leaving_date, max(p.contact_date) as last_contact_date
  from model_destinations__points p
  cross join core_run run
  where p.contact_date <= run.data_date
  group by p.pupil_key, p.school_urn, p.leaving_date
),
said as (
  select
    l.pupil_key, l.school_urn, l.leaving_date, l.academic_year, l.leaver_stage, run.data_date,
    d.time_point as due_point, n.time_point as next_point, n.count_date as next_date,
    coalesce(d.point_state, 'NOT_DUE') as point_state, coalesce(d.is_contradicted, false) as is_contradicted,
    i.destination_label as intended_label, k.destination_label as last_label, c.last_contact_date,
    coalesce(k.is_positive, false) as is_at_a_place, coalesce(i.is_positive, false) as is_meant_for_a_place,
    greatest(
      d.count_date, cast(coalesce(d.contact_date, d.count_date - interval 14 day) + interval 14 day as date)
    ) as chase_date,
    coalesce(
      (d.point_state <> 'KNOWN' or d.is_contradicted)
      and (d.time_point <> 'TWO_YEARS' or run.data_date <= cast(d.count_date + interval 182 day as date)), false
    ) as is_chased
  from core_leavers l
  cross join core_run run
  left join latest d
    on d.pupil_key = l.pupil_key and d.school_urn = l.school_urn and d.leaving_date = l.leaving_date and d.newest = 1
  left join next_point n
    on n.pupil_key = l.pupil_key and n.school_urn = l.school_urn and n.leaving_date = l.leaving_date
    and n.soonest = 1
  left join last_known k
    on k.pupil_key = l.pupil_key and k.school_urn = l.school_urn and k.leaving_date = l.leaving_date and k.newest = 1
  left join contacted c
    on c.pupil_key = l.pupil_key and c.school_urn = l.school_urn and c.leaving_date = l.leaving_date
  left join core_destination_codes i
    on i.destination_code = l.intended_code and i.destination_category not in ('Not known', 'Excluded from count')
),
called as (
  select
    *,
    case when is_chased then due_point else next_point end as call_point,
    case when is_chased then chase_date else next_date end as call_due_date
  from said
)
select
  pupil_key, school_urn, leaving_date, academic_year, leaver_stage, call_point, point_state, is_contradicted,
  intended_label, last_label, last_contact_date,
  cast(date_diff('day', last_contact_date, data_date) as bigint) as contact_age_days,
  call_due_date,
  cast(greatest(coalesce(date_diff('day', call_due_date, data_date), 0), 0) as bigint) as overdue_days,
  case
    when call_point is null then null
    when is_chased and point_state = 'NO_ANSWER' and leaver_stage <> 'Year 6' then 'AUTHORITY'
    when is_at_a_place then 'LAST_PLACE'
    when last_label is null and is_meant_for_a_place then 'INTENDED_PLACE'
    when leaver_stage <> 'Year 6' and (last_label is not null or point_state in ('LAPSED', 'NOT_LISTED')) then 'AUTHORITY'
    else 'FAMILY'
  end as call_whom
from called
