-- Who left at the end of a phase: the school's tracker, and everybody else whose spell on roll ended then, so that
-- nobody is left out of the denominator for not having been written down. Off the roll in mid-year is a move, not a
-- leaver, unless the tracker says so. Who is to leave in the future is no leaver yet. Pupils who died are left out, and
-- their families left in peace.
with tracked as (
  select t.pupil_key, t.school_urn, t.leaving_date, t.nc_year, t.intended_code
  from clean_leavers__pupils t
  cross join core_run run
  where t.leaving_date <= run.data_date
),
untracked as (
  select
    e.pupil_key, e.school_urn, e.leaving_date, e.nc_year, cast(null as varchar) as intended_code,
    row_number() over (partition by e.pupil_key, e.school_urn, e.leaving_date order by e.entry_date) as place
  from core_enrolments e
  cross join core_run run
  left join tracked t
    on t.pupil_key = e.pupil_key and t.school_urn = e.school_urn
    and t.leaving_date between cast(e.leaving_date - interval 200 day as date)
      and cast(e.leaving_date + interval 200 day as date)
  where e.leaving_date <= run.data_date and month(e.leaving_date) between 5 and 8 and t.pupil_key is null
),
left_school as (
  select pupil_key, school_urn, leaving_date, nc_year, intended_code from tracked
  union all
  select pupil_key, school_urn, leaving_date, nc_year, intended_code from untracked where place = 1
),
-- The tracker's year group, else that of the pupil's latest spell on roll by then.
grouped as (
  select
    l.pupil_key, l.school_urn, l.leaving_date, l.intended_code, s.phase, s.is_special,
    year(l.leaving_date) - case when month(l.leaving_date) < 9 then 1 else 0 end as academic_year,
    coalesce(l.nc_year, e.nc_year) as last_year_group,
    row_number() over (
      partition by l.pupil_key, l.school_urn, l.leaving_date order by e.entry_date desc nulls last
    ) as place
  from left_school l
  join core_schools s on s.school_urn = l.school_urn
  left join core_enrolments e
    on e.pupil_key = l.pupil_key and e.school_urn = l.school_urn and e.entry_date <= l.leaving_date
),
staged as (
  select
    *,
    case
      when is_special and last_year_group in ('11', '12', '13', '14') then 'Special school leaver'
      when is_special then null
      when last_year_group = '6' and phase in ('Primary', 'All-through') then 'Year 6'
      when last_year_group = '11' then 'Year 11'
      when last_year_group in ('12', '13', '14') then 'Sixth form'
    end as leaver_stage
  from grouped
  where place = 1
),
status_then as (
  select
    g.pupil_key, g.school_urn, g.leaving_date, s.sen_provision,
    row_number() over (
      partition by g.pupil_key, g.school_urn, g.leaving_date order by s.start_date desc, s.sen_provision
    ) as newest
  from staged g
  join core_sen_status s
    on s.pupil_key = g.pupil_key and s.school_urn = g.school_urn and s.start_date <= g.leaving_date
    and coalesce(s.end_date, g.leaving_date) >= cast(g.leaving_date - interval 31 day as date)
),
-- What the authority noted in year 11, where the school noted nothing.
intended as (
  select pupil_key, max(intended_code) as intended_code
  from clean_nccis__activities
  where intended_code is not null
  group by pupil_key
)
select
  g.pupil_key, g.school_urn, g.leaving_date, cast(g.academic_year as bigint) as academic_year, g.leaver_stage,
  coalesce(t.sen_provision, 'N') as sen_provision,
  coalesce(g.intended_code, case when g.leaver_stage = 'Year 11' then i.intended_code end) as intended_code
from staged g
left join core_deceased d on d.pupil_key = g.pupil_key
left join intended i on i.pupil_key = g.pupil_key
left join status_then t
  on t.pupil_key = g.pupil_key and t.school_urn = g.school_urn and t.leaving_date = g.leaving_date and t.newest = 1
where g.leaver_stage is not null and d.pupil_key is null
