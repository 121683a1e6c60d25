-- SEN status by date, for each pupil and school. The register speaks first; between and after its spells the census,
-- from the first census day there; a status that the register ended with no later word is "none"; Insight speaks only
-- where neither does. Historic codes: a statement counts as a plan, School Action and Action Plus as SEN support.
with codes as (
  select 'N' as delivered_code, 'N' as sen_provision, 3 as choice union all
  select 'K', 'K', 2 union all select 'A', 'K', 2 union all select 'P', 'K', 2 union all
  select 'E', 'E', 1 union all select 'S', 'E', 1
),
register_rows as (
  select
    r.pupil_key, p.school_urn, c.sen_provision, p.status_date, p.status_end_date,
    row_number() over (
      partition by r.pupil_key, p.school_urn, p.status_date
      order by c.choice, coalesce(p.status_end_date, date '9999-12-31') desc
    ) as choice
  from clean_send_register__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_send_register__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
  join codes c on c.delivered_code = p.sen_provision
),
register_ordered as (
  select
    pupil_key, school_urn, sen_provision, status_date, status_end_date,
    lead(status_date) over (partition by pupil_key, school_urn order by status_date) as next_date
  from register_rows
  where choice = 1
),
register as (
  select
    pupil_key, school_urn, sen_provision, status_date as start_date,
    least(
      coalesce(status_end_date, date '9999-12-31'),
      cast(coalesce(next_date, date '9999-12-31') - interval 1 day as date)
    ) as end_date,
    coalesce(status_end_date, next_date) is null as is_open
  from register_ordered
),
register_spells as (
  select
    pupil_key, school_urn, sen_provision, start_date, case when is_open then date '9999-12-31' else end_date end as end_date,
    lead(start_date) over (partition by pupil_key, school_urn order by start_date) as next_date
  from register
),
-- Where the register is silent. The first silence has no status of its own to end.
silences as (
  select
    pupil_key, school_urn, false as is_after_status,
    date '1900-01-01' as from_date, cast(min(start_date) - interval 1 day as date) as to_date
  from register_spells
  group by pupil_key, school_urn
  union all
  select
    pupil_key, school_urn, true, cast(end_date + interval 1 day as date),
    cast(coalesce(next_date, date '9999-12-31') - interval 1 day as date)
  from register_spells
  where end_date < date '9999-12-31'
),
census as (
  select
    r.pupil_key, p.school_urn, p.reference_date, c.sen_provision,
    row_number() over (partition by r.pupil_key, p.school_urn, p.reference_date order by c.choice) as choice
  from clean_school_census__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_school_census__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
  join codes c on c.delivered_code = p.sen_provision
),
listed as (
  select distinct pupil_key, school_urn from register_spells
),
census_heard as (
  select
    c.pupil_key, c.school_urn, c.reference_date, c.sen_provision,
    coalesce(s.from_date, date '1900-01-01') as from_date, coalesce(s.to_date, date '9999-12-30') as to_date
  from census c
  left join listed l on l.pupil_key = c.pupil_key and l.school_urn = c.school_urn
  left join silences s
    on s.pupil_key = c.pupil_key and s.school_urn = c.school_urn and c.reference_date between s.from_date and s.to_date
  where c.choice = 1 and (l.pupil_key is null or s.pupil_key is not null)
),
census_changes as (
  select
    *,
    lag(sen_provision) over (partition by pupil_key, school_urn, from_date order by reference_date) as previous_provision
  from census_heard
),
census_spells as (
  select
    pupil_key, school_urn, sen_provision, reference_date as start_date,
    coalesce(
      cast(lead(reference_date) over (partition by pupil_key, school_urn, from_date order by reference_date)
        - interval 1 day as date),
      to_date
    ) as end_date
  from census_changes
  where previous_provision is null or previous_provision <> sen_provision
),
first_heard as (
  select pupil_key, school_urn, from_date, min(reference_date) as reference_date
  from census_heard
  group by pupil_key, school_urn, from_date
),
removals as (
  select
    s.pupil_key, s.school_urn, 'N' as sen_provision, s.from_date as start_date,
    least(s.to_date, coalesce(cast(f.reference_date - interval 1 day as date), s.to_date)) as end_date
  from silences s
  left join first_heard f on f.pupil_key = s.pupil_key and f.school_urn = s.school_urn and f.from_date = s.from_date
  where s.is_after_status
),
insight as (
  select
    e.pupil_key, e.school_urn, c.sen_provision, e.entry_date as start_date,
    row_number() over (partition by e.pupil_key, e.school_urn order by e.entry_date desc, c.choice) as choice
  from clean_insight__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_insight__pupils' and r.delivery_key = p.delivery_key and r.school_urn = p.school_urn
    and r.file_name = p.file_name and r.row_number = p.row_number
  join core_enrolments e on e.pupil_key = r.pupil_key and e.school_urn = p.school_urn
  join codes c on c.delivered_code = p.sen_provision
  left join listed l on l.pupil_key = e.pupil_key and l.school_urn = e.school_urn
  left join first_heard f on f.pupil_key = e.pupil_key and f.school_urn = e.school_urn
  where l.pupil_key is null and f.pupil_key is null
),
spells as (
  select pupil_key, school_urn, sen_provision, start_date, end_date, 'register' as status_source from register_spells
  union all
  select pupil_key, school_urn, sen_provision, start_date, end_date, 'register' from removals
  union all
  select pupil_key, school_urn, sen_provision, start_date, end_date, 'census' from census_spells
  union all
  select pupil_key, school_urn, sen_provision, start_date, date '9999-12-31', 'insight' from insight where choice = 1
),
-- Neighbouring spells of one status and source, such as a yearly renewal on the register, are one spell.
neighbours as (
  select
    *,
    case
      when lag(sen_provision) over (partition by pupil_key, school_urn order by start_date) = sen_provision
        and lag(status_source) over (partition by pupil_key, school_urn order by start_date) = status_source
        and lag(end_date) over (partition by pupil_key, school_urn order by start_date)
          = cast(start_date - interval 1 day as date)
      then 0 else 1
    end as is_new
  from spells
  where start_date <= end_date
),
numbered as (
  select
    *,
    sum(is_new) over (
      partition by pupil_key, school_urn order by start_date rows between unbounded preceding and current row
    ) as spell_number
  from neighbours
)
select
  pupil_key, school_urn, min(sen_provision) as sen_provision, min(start_date) as start_date,
  case when max(end_date) < date '9999-12-30' then max(end_date) end as end_date,
  min(status_source) as status_source
from numbered
group by pupil_key, school_urn, spell_number
