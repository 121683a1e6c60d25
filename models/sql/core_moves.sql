-- Every end on a school's roll that is no end of a phase. Where the pupil went is what another roll of the trust shows
-- within sixty days; else what the school's list of moves says; else nobody knows. A day of the list within thirty days
-- of the roll's own is the same move. Pupils who died are left out.
with ended as (
  select e.pupil_key, e.school_urn, e.leaving_date, e.nc_year
  from core_enrolments e
  cross join core_run run
  left join core_leavers l
    on l.pupil_key = e.pupil_key and l.school_urn = e.school_urn
    and l.leaving_date between cast(e.leaving_date - interval 200 day as date)
      and cast(e.leaving_date + interval 200 day as date)
  left join core_deceased d on d.pupil_key = e.pupil_key
  left join core_enrolments back
    on back.pupil_key = e.pupil_key and back.school_urn = e.school_urn and back.entry_date > e.leaving_date
    and back.entry_date <= cast(e.leaving_date + interval 60 day as date)
  where e.leaving_date <= run.data_date and l.pupil_key is null and d.pupil_key is null and back.pupil_key is null
),
seen as (
  select
    e.pupil_key, e.school_urn, e.leaving_date, s.is_special,
    row_number() over (
      partition by e.pupil_key, e.school_urn, e.leaving_date order by n.entry_date, n.school_urn
    ) as soonest
  from ended e
  join core_enrolments n
    on n.pupil_key = e.pupil_key and n.school_urn <> e.school_urn
    and n.entry_date between cast(e.leaving_date - interval 30 day as date)
      and cast(e.leaving_date + interval 60 day as date)
  join core_schools s on s.school_urn = n.school_urn
),
listed as (
  select
    e.pupil_key, e.school_urn, e.leaving_date, m.move_code,
    row_number() over (
      partition by e.pupil_key, e.school_urn, e.leaving_date
      order by abs(date_diff('day', e.leaving_date, m.leaving_date)), m.leaving_date desc
    ) as nearest
  from ended e
  join clean_attendance__moves m
    on m.pupil_key = e.pupil_key and m.school_urn = e.school_urn
    and m.leaving_date between cast(e.leaving_date - interval 30 day as date)
      and cast(e.leaving_date + interval 30 day as date)
),
status_then as (
  select
    e.pupil_key, e.school_urn, e.leaving_date, s.sen_provision,
    row_number() over (
      partition by e.pupil_key, e.school_urn, e.leaving_date order by s.start_date desc, s.sen_provision
    ) as newest
  from ended e
  join core_sen_status s
    on s.pupil_key = e.pupil_key and s.school_urn = e.school_urn and s.start_date <= e.leaving_date
    and coalesce(s.end_date, e.leaving_date) >= cast(e.leaving_date - interval 31 day as date)
)
select distinct
  e.pupil_key, e.school_urn, e.leaving_date, e.nc_year, coalesce(t.sen_provision, 'N') as sen_provision,
  case
    when s.is_special then 'SPECIAL_SCHOOL'
    when s.pupil_key is not null then 'OTHER_SCHOOL'
    when m.move_code in ('L12', 'L13', 'L20') then 'SPECIAL_SCHOOL'
    when m.move_code in ('L10', 'L11', '210', '220') then 'OTHER_SCHOOL'
    when m.move_code = 'L14' then 'ALTERNATIVE_PROVISION'
    when m.move_code = 'L15' then 'HOME_EDUCATION'
    when m.move_code is null or m.move_code in ('L99', '810', '820', '830') then 'NOT_KNOWN'
    else 'ELSEWHERE'
  end as move_type
from ended e
left join seen s
  on s.pupil_key = e.pupil_key and s.school_urn = e.school_urn and s.leaving_date = e.leaving_date and s.soonest = 1
left join listed m
  on m.pupil_key = e.pupil_key and m.school_urn = e.school_urn and m.leaving_date = e.leaving_date and m.nearest = 1
left join status_then t
  on t.pupil_key = e.pupil_key and t.school_urn = e.school_urn and t.leaving_date = e.leaving_date and t.newest = 1
