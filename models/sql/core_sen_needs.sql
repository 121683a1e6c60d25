-- SEN types by date, for each pupil and school: the register's, and the census's where the register does not name the type.
with register_rows as (
  select r.pupil_key, p.school_urn, p.sen_type, 1 as sen_type_rank, p.status_date, p.status_end_date
  from clean_send_register__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_send_register__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
  where p.sen_type is not null
  union all
  select r.pupil_key, p.school_urn, p.second_sen_type, 2, p.status_date, p.status_end_date
  from clean_send_register__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_send_register__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
  where p.second_sen_type is not null
),
register_ranked as (
  select
    *,
    row_number() over (
      partition by pupil_key, school_urn, sen_type order by status_date desc, sen_type_rank
    ) as newest
  from register_rows
),
register as (
  select
    pupil_key, school_urn, sen_type,
    max(case when newest = 1 then sen_type_rank end) as sen_type_rank,
    min(status_date) as start_date,
    max(coalesce(status_end_date, date '9999-12-31')) as end_date
  from register_ranked
  group by pupil_key, school_urn, sen_type
),
-- The types are collected in spring only; a type that the school's newest such return lacks for the pupil has ended.
census_rows as (
  select r.pupil_key, n.school_urn, n.sen_type, n.sen_type_rank, n.reference_date
  from clean_school_census__sen_needs n
  join clean_school_census__pupils p
    on p.school_urn = n.school_urn and p.reference_date = n.reference_date and p.pupil_on_roll_id = n.pupil_on_roll_id
  join core_pupil_records r
    on r.table_name = 'clean_school_census__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
),
newest_return as (
  select school_urn, max(reference_date) as reference_date from census_rows group by school_urn
),
census_ranked as (
  select
    *,
    row_number() over (
      partition by pupil_key, school_urn, sen_type order by reference_date desc, sen_type_rank
    ) as newest
  from census_rows
),
census as (
  select
    c.pupil_key, c.school_urn, c.sen_type,
    max(case when c.newest = 1 then c.sen_type_rank end) as sen_type_rank,
    min(c.reference_date) as start_date,
    case when max(c.reference_date) < max(n.reference_date) then max(c.reference_date) end as end_date
  from census_ranked c
  join newest_return n on n.school_urn = c.school_urn
  group by c.pupil_key, c.school_urn, c.sen_type
)
select
  pupil_key, school_urn, sen_type, sen_type_rank, start_date,
  case when end_date < date '9999-12-31' then end_date end as end_date,
  'register' as need_source
from register
union all
select c.pupil_key, c.school_urn, c.sen_type, c.sen_type_rank, c.start_date, c.end_date, 'census'
from census c
left join register r on r.pupil_key = c.pupil_key and r.school_urn = c.school_urn and r.sen_type = c.sen_type
where r.pupil_key is null
