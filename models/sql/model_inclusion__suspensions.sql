-- Suspensions and permanent exclusions of the year to the data date and of the year before it, by pupil and by SEN
-- status on the day. A lunchtime suspension is a suspension of half a day. Pupils who died are left out.
with dated as (
  select
    s.pupil_key, s.school_urn, s.start_date, s.category, s.missed_sessions_count,
    s.start_date > cast(run.data_date - interval 1 year as date) as is_latest
  from core_suspensions s
  cross join core_run run
  left join core_deceased x on x.pupil_key = s.pupil_key
  where s.start_date <= run.data_date and s.start_date > cast(run.data_date - interval 2 year as date)
    and x.pupil_key is null
)
select
  d.pupil_key, d.school_urn, d.is_latest, coalesce(s.sen_provision, 'N') as sen_provision,
  cast(count(*) filter (where d.category <> 'PERM') as bigint) as suspensions_count,
  cast(coalesce(sum(case when d.category <> 'PERM' then d.missed_sessions_count end), 0) as bigint)
    as lost_sessions_count,
  cast(count(*) filter (where d.category = 'PERM') as bigint) as exclusions_count
from dated d
left join core_sen_status s
  on s.pupil_key = d.pupil_key and s.school_urn = d.school_urn and s.start_date <= d.start_date
  and coalesce(s.end_date, d.start_date) >= d.start_date
group by d.pupil_key, d.school_urn, d.is_latest, coalesce(s.sen_provision, 'N')
