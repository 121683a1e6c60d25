-- On the register and nothing on record today: no running group, no line of section F this year, no cycle of assess, plan,
-- do, review that has begun. And the reverse: in a running group and not on the register, which is no fault in itself.
with running as (
  select p.pupil_key, p.school_urn, min(p.start_date) as first_date
  from core_intervention_pupils p
  cross join core_run run
  where p.start_date <= run.data_date and p.end_date >= run.data_date
  group by p.pupil_key, p.school_urn
),
recent as (
  select p.pupil_key, p.school_urn, count(*) as groups_count
  from core_intervention_pupils p
  cross join core_run run
  where p.start_date <= run.data_date and p.end_date > cast(run.data_date - interval 12 month as date)
  group by p.pupil_key, p.school_urn
),
planned as (
  select distinct p.pupil_key, p.school_urn
  from core_ehc_plans p
  join core_ehc_provision f on f.plan_key = p.plan_key
  join core_run run on run.academic_year = f.academic_year
),
cycling as (
  select pupil_key, school_urn from model_apdr__pupils where stage = 'REVIEW'
),
since as (
  select s.pupil_key, s.school_urn, max(s.start_date) as since_date
  from core_sen_status s
  cross join core_run run
  where s.sen_provision <> 'N' and s.start_date <= run.data_date
  group by s.pupil_key, s.school_urn
)
select
  r.school_urn, r.pupil_key, case when r.sen_provision = 'N' then 'NOT_REGISTERED' else 'NO_PROVISION' end as gap,
  r.sen_provision, case when r.sen_provision = 'N' then g.first_date else s.since_date end as since_date,
  coalesce(n.groups_count, 0) as groups_count
from model_pupils__on_roll r
left join running g on g.pupil_key = r.pupil_key and g.school_urn = r.school_urn
left join recent n on n.pupil_key = r.pupil_key and n.school_urn = r.school_urn
left join planned p on p.pupil_key = r.pupil_key and p.school_urn = r.school_urn
left join cycling c on c.pupil_key = r.pupil_key and c.school_urn = r.school_urn
left join since s on s.pupil_key = r.pupil_key and s.school_urn = r.school_urn
where (r.sen_provision = 'N' and g.pupil_key is not null)
  or (r.sen_provision <> 'N' and g.pupil_key is null and p.pupil_key is null and c.pupil_key is null)
