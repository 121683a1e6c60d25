-- Flows of each school's register: who came on it, arrived with SEN, left with it, got a plan, whose plan ended, who went
-- back to class teaching, whose need changed. A gap of up to 31 days between two statuses is no end and no beginning.
with statuses as (
  select
    s.pupil_key, s.school_urn, s.sen_provision, s.start_date, coalesce(s.end_date, date '9999-12-31') as end_date
  from core_sen_status s
  cross join core_run run
  where s.sen_provision in ('K', 'E') and s.start_date <= run.data_date
),
neighbours as (
  select
    *,
    lag(sen_provision) over (partition by pupil_key, school_urn order by start_date) as provision_before,
    lag(end_date) over (partition by pupil_key, school_urn order by start_date) as end_before,
    lead(start_date) over (partition by pupil_key, school_urn order by start_date) as start_after
  from statuses
),
here as (
  select
    s.pupil_key, s.school_urn, s.sen_provision, s.start_date, s.end_date, e.entry_date,
    coalesce(e.leaving_date, date '9999-12-31') as leaving_date,
    case when s.start_date <= cast(s.end_before + interval 32 day as date) then s.provision_before end as provision_before,
    coalesce(s.start_after <= cast(least(s.end_date, date '9999-11-01') + interval 32 day as date), false) as goes_on
  from neighbours s
  join core_enrolments e
    on e.pupil_key = s.pupil_key and e.school_urn = s.school_urn and s.end_date >= e.entry_date
    and s.start_date <= coalesce(e.leaving_date, date '9999-12-31')
),
-- The need by spring census; another code for the same need (Down syndrome, since January 2025) is no other need.
needs as (
  select
    school_urn, pupil_key, reference_date, sen_type,
    lag(sen_type) over (partition by school_urn, pupil_key order by reference_date) as type_before
  from model_sen_flows__needs
),
flows as (
  select pupil_key, school_urn, 'ARRIVED' as flow, entry_date as flow_date, null as from_code, sen_provision as to_code
  from here
  where start_date <= entry_date and end_date >= entry_date
  union all
  select
    pupil_key, school_urn,
    case
      when provision_before = 'K' and sen_provision = 'E' then 'PLAN'
      when provision_before = 'E' and sen_provision = 'K' then 'ENDED'
      else 'JOINED'
    end,
    start_date, coalesce(provision_before, 'N'), sen_provision
  from here
  where start_date > entry_date and (provision_before is null or provision_before <> sen_provision)
  union all
  select
    pupil_key, school_urn, case when sen_provision = 'E' then 'ENDED' else 'BACK' end,
    cast(end_date + interval 1 day as date), sen_provision, 'N'
  from here
  where end_date < leaving_date and end_date < date '9999-11-01' and not goes_on
  union all
  select pupil_key, school_urn, 'LEFT', leaving_date, sen_provision, null
  from here
  where leaving_date between start_date and end_date and leaving_date < date '9999-12-31'
  union all
  select
    pupil_key, school_urn,
    case when type_before = 'OTH' and sen_type = 'DS' or type_before = 'BESD' then 'NEED_RECODED' else 'NEED_CHANGED' end,
    reference_date, type_before, sen_type
  from needs
  where type_before <> sen_type
),
dated as (
  select f.*, cast(year(cast(f.flow_date - interval 8 month as date)) as bigint) as academic_year
  from flows f
  cross join core_run run
  where f.flow_date <= run.data_date and f.flow_date > cast(run.data_date - interval 72 month as date)
),
placed as (
  select
    d.*, h.half_term,
    row_number() over (
      partition by d.school_urn, d.pupil_key, d.flow_date, d.flow order by h.start_date desc, d.to_code, d.from_code
    ) as choice
  from dated d
  left join core_half_terms h
    on h.academic_year = d.academic_year and h.half_term <> 'Entry' and h.start_date <= d.flow_date
)
select
  school_urn, pupil_key, flow, flow_date, from_code, to_code, academic_year, coalesce(half_term, 'Autumn1') as half_term
from placed
where choice = 1
