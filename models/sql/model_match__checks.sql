-- Register, census and Insight side by side, pupil by pupil: on every census day the register's word of that day beside
-- the return's, and on the day of Insight's newest file all three. A status that changed between two days is no conflict.
-- Historic codes count as what they became: a statement as a plan, School Action and Action Plus as SEN support.
with codes as (
  select 'N' as delivered_code, 'N' as sen_provision union all
  select 'K', 'K' union all select 'A', 'K' union all select 'P', 'K' union all
  select 'E', 'E' union all select 'S', 'E'
),
files as (
  select d.delivery_key, d.school_urn, least(d.delivered_date, run.data_date) as delivered_date
  from core_deliveries d
  cross join core_run run
),
insight_rows as (
  select
    r.pupil_key, p.school_urn, c.sen_provision, p.nc_year, p.sex, p.is_fsm, p.entry_date, p.leaving_date,
    f.delivered_date as check_date,
    row_number() over (
      partition by r.pupil_key, p.school_urn
      order by coalesce(p.leaving_date, date '9999-12-31') desc, p.entry_date desc, p.file_name, p.row_number
    ) as choice
  from clean_insight__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_insight__pupils' and r.delivery_key = p.delivery_key and r.school_urn = p.school_urn
    and r.file_name = p.file_name and r.row_number = p.row_number
  join files f on f.delivery_key = p.delivery_key and f.school_urn = p.school_urn
  left join codes c on c.delivered_code = p.sen_provision
),
insight as (
  select *, coalesce(leaving_date, date '9999-12-31') >= check_date as is_on_roll from insight_rows where choice = 1
),
insight_days as (
  select school_urn, max(check_date) as check_date from insight group by school_urn
),
census_rows as (
  select
    r.pupil_key, p.school_urn, p.reference_date, c.sen_provision, p.nc_year, p.sex, p.is_fsm,
    p.entry_date, p.pupil_on_roll_id, p.delivery_key, coalesce(p.leaving_date, date '9999-12-31') >= p.reference_date as is_on_roll,
    row_number() over (
      partition by r.pupil_key, p.school_urn, p.reference_date
      order by coalesce(p.leaving_date, date '9999-12-31') desc, p.file_name, p.row_number
    ) as choice
  from clean_school_census__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_school_census__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
  left join codes c on c.delivered_code = p.sen_provision
),
census as (
  select * from census_rows where choice = 1 and is_on_roll
),
census_days as (
  select school_urn, max(reference_date) as reference_date from census group by school_urn
),
newest_census as (
  select c.* from census c join census_days d on d.school_urn = c.school_urn and d.reference_date = c.reference_date
),
register as (
  select pupil_key, school_urn, sen_provision, start_date, coalesce(end_date, date '9999-12-31') as end_date
  from core_sen_status
  where status_source = 'register' and sen_provision <> 'N'
),
registers as (
  select distinct school_urn from register
),
register_rows as (
  select
    r.pupil_key, p.school_urn, p.sen_type, p.nc_year,
    row_number() over (
      partition by r.pupil_key, p.school_urn order by p.status_date desc, p.file_name, p.row_number
    ) as choice
  from clean_send_register__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_send_register__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
),
provision_then as (
  select
    c.school_urn, c.pupil_key, 'PROVISION' as match_field, c.reference_date as check_date, 1 as check_place,
    coalesce(s.sen_provision, 'N') as register_said, c.sen_provision as census_said, cast(null as varchar) as insight_said
  from census c
  join registers g on g.school_urn = c.school_urn
  left join register s
    on s.pupil_key = c.pupil_key and s.school_urn = c.school_urn and c.reference_date between s.start_date and s.end_date
  where c.sen_provision is not null
),
provision_now as (
  select
    i.school_urn, i.pupil_key, 'PROVISION', i.check_date, 2, coalesce(s.sen_provision, 'N') as register_said,
    c.sen_provision as census_said, i.sen_provision as insight_said
  from insight i
  join registers g on g.school_urn = i.school_urn
  left join register s
    on s.pupil_key = i.pupil_key and s.school_urn = i.school_urn and i.check_date between s.start_date and s.end_date
  left join newest_census c on c.pupil_key = i.pupil_key and c.school_urn = i.school_urn
  where i.is_on_roll and i.sen_provision is not null
),
provision as (
  select *, cast(null as date) as since_date, register_said = census_said as is_agreed, 'SENCO' as owner from provision_then
  union all
  select
    *, cast(null as date), register_said = insight_said,
    case when census_said = register_said then 'INSIGHT_LEAD' else 'SENCO' end
  from provision_now
),
-- The need is collected in spring only, and the register does not date it: its word of today beside the newest spring.
census_needs as (
  select
    c.pupil_key, c.school_urn, c.reference_date, n.sen_type,
    max(c.reference_date) over (partition by c.school_urn) as newest_date,
    row_number() over (
      partition by c.pupil_key, c.school_urn, c.reference_date order by n.sen_type_rank, n.sen_type
    ) as choice
  from census c
  join clean_school_census__sen_needs n
    on n.school_urn = c.school_urn and n.reference_date = c.reference_date and n.pupil_on_roll_id = c.pupil_on_roll_id
  where c.sen_provision <> 'N'
),
need as (
  select
    n.school_urn, n.pupil_key, 'NEED' as match_field, n.reference_date as check_date, 1 as check_place,
    r.sen_type as register_said, n.sen_type as census_said, cast(null as varchar) as insight_said,
    cast(null as date) as since_date,
    -- Down syndrome has a code since January 2025; before it was coded as another difficulty.
    r.sen_type = n.sen_type
      or (r.sen_type = 'DS' and n.sen_type = 'OTH' and n.reference_date < date '2025-01-01') as is_agreed,
    'SENCO' as owner
  from census_needs n
  cross join core_run run
  join register_rows r on r.pupil_key = n.pupil_key and r.school_urn = n.school_urn and r.choice = 1
  join register s
    on s.pupil_key = n.pupil_key and s.school_urn = n.school_urn and run.data_date between s.start_date and s.end_date
  where n.choice = 1 and n.reference_date = n.newest_date and r.sen_type is not null
),
left_but_listed as (
  select
    s.school_urn, s.pupil_key, d.check_date,
    cast(i.leaving_date + interval 1 day as date) as since_date,
    'YES' as register_said, case when c.pupil_key is null then 'NO' else 'YES' end as census_said, 'NO' as insight_said,
    'SENCO' as owner
  from register s
  join insight_days d on d.school_urn = s.school_urn and d.check_date between s.start_date and s.end_date
  left join insight i on i.pupil_key = s.pupil_key and i.school_urn = s.school_urn
  left join newest_census c on c.pupil_key = s.pupil_key and c.school_urn = s.school_urn
  where (i.pupil_key is null and c.pupil_key is null) or not i.is_on_roll
),
unknown_to_insight as (
  select
    c.school_urn, c.pupil_key, d.check_date, c.reference_date, s.listed, 'YES', 'NO', 'INSIGHT_LEAD'
  from newest_census c
  join insight_days d on d.school_urn = c.school_urn
  left join insight i on i.pupil_key = c.pupil_key and i.school_urn = c.school_urn
  left join (select distinct pupil_key, school_urn, 'YES' as listed from register) s
    on s.pupil_key = c.pupil_key and s.school_urn = c.school_urn
  -- An Insight file older than the census cannot know who has come since.
  where i.pupil_key is null and coalesce(c.entry_date, c.reference_date) <= d.check_date
),
unknown_to_census as (
  select
    i.school_urn, i.pupil_key, i.check_date, d.reference_date, s.listed, 'NO', 'YES', 'OFFICE'
  from insight i
  join census_days d on d.school_urn = i.school_urn
  left join newest_census c on c.pupil_key = i.pupil_key and c.school_urn = i.school_urn
  left join (select distinct pupil_key, school_urn, 'YES' as listed from register) s
    on s.pupil_key = i.pupil_key and s.school_urn = i.school_urn
  where c.pupil_key is null and i.is_on_roll and i.entry_date <= d.reference_date
    and i.check_date >= d.reference_date
),
roll as (
  select * from left_but_listed
  union all select * from unknown_to_insight
  union all select * from unknown_to_census
),
-- Years are of one school year only: a census of last summer says nothing of this year's. Mixed groups have none.
year_rows as (
  select
    i.school_urn, i.pupil_key, i.check_date, case when r.nc_year not in ('X', 'M') then r.nc_year end as register_said,
    case when c.nc_year not in ('X', 'M') then c.nc_year end as census_said, i.nc_year as insight_said, c.reference_date
  from insight i
  left join register_rows r on r.pupil_key = i.pupil_key and r.school_urn = i.school_urn and r.choice = 1
  left join newest_census c
    on c.pupil_key = i.pupil_key and c.school_urn = i.school_urn
    and year(cast(c.reference_date - interval 8 month as date)) = year(cast(i.check_date - interval 8 month as date))
  where i.is_on_roll and i.nc_year is not null and i.nc_year not in ('X', 'M')
),
years as (
  select
    *, coalesce(register_said, insight_said) = insight_said and coalesce(census_said, insight_said) = insight_said
      as is_agreed,
    case
      when coalesce(register_said, census_said) <> coalesce(census_said, register_said) then reference_date
    end as since_date,
    case
      when census_said <> insight_said and coalesce(register_said, insight_said) = insight_said then 'OFFICE'
      when coalesce(census_said, '') = insight_said or census_said is null then 'SENCO'
      when register_said = census_said then 'INSIGHT_LEAD'
      else 'OFFICE'
    end as owner
  from year_rows
  where register_said is not null or census_said is not null
),
side_by_side as (
  select i.school_urn, i.pupil_key, i.check_date, c.reference_date, c.sex as census_sex, i.sex as insight_sex,
    c.is_fsm as is_fsm_in_census, i.is_fsm as is_fsm_in_insight
  from insight i
  join newest_census c on c.pupil_key = i.pupil_key and c.school_urn = i.school_urn
  where i.is_on_roll
),
-- The plan's first day, where the register does not take the day on which the pupil came for it.
plan_days as (
  select
    s.school_urn, s.pupil_key, s.start_date, p.plan_start_date,
    row_number() over (partition by s.pupil_key, s.school_urn order by p.plan_start_date desc) as choice,
    greatest(s.start_date, p.plan_start_date) as since_date, run.data_date
  from register s
  cross join core_run run
  join core_ehc_plans p on p.pupil_key = s.pupil_key and p.school_urn = s.school_urn
  left join core_enrolments e on e.pupil_key = s.pupil_key and e.school_urn = s.school_urn and e.entry_date = s.start_date
  where s.sen_provision = 'E' and run.data_date between s.start_date and s.end_date
    and coalesce(p.cease_date, date '9999-12-31') >= run.data_date and p.plan_start_date <= run.data_date
    and e.pupil_key is null
),
compared as (
  select
    school_urn, pupil_key, match_field, check_date, check_place, since_date, register_said, census_said, insight_said,
    cast(null as varchar) as tracker_said, is_agreed, owner
  from provision
  union all
  select
    school_urn, pupil_key, match_field, check_date, check_place, since_date, register_said, census_said, insight_said,
    null, is_agreed, owner
  from need
  union all
  select
    school_urn, pupil_key, 'ROLL', check_date, 2, min(since_date), max(register_said), max(census_said),
    max(insight_said), null, false, max(owner)
  from roll
  group by school_urn, pupil_key, check_date
  union all
  select
    school_urn, pupil_key, 'YEAR', check_date, 2, since_date, register_said, census_said, insight_said, null, is_agreed,
    owner
  from years
  union all
  select
    school_urn, pupil_key, 'SEX', check_date, 2, reference_date, null, census_sex, insight_sex, null,
    census_sex = insight_sex, 'OFFICE'
  from side_by_side
  where census_sex is not null and insight_sex is not null
  union all
  -- Insight says "ever in six years": a pupil eligible in the census must be that; the other way round nothing follows.
  select
    school_urn, pupil_key, 'FSM', check_date, 2, reference_date, null, 'YES', 'NO', null, false, 'OFFICE'
  from side_by_side
  where is_fsm_in_census and not is_fsm_in_insight
  union all
  select
    school_urn, pupil_key, 'STATUS_DATE', data_date, 2, since_date, cast(start_date as varchar), null, null,
    cast(plan_start_date as varchar), start_date = plan_start_date, 'SENCO'
  from plan_days
  where choice = 1
)
select
  school_urn, pupil_key, match_field, check_date, check_place, since_date, register_said, census_said, insight_said,
  tracker_said, is_agreed, owner
from compared
