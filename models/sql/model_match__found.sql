-- Runs of checks that disagree: opened by the first, ended by the next check that agrees, or by the pupil's last day.
with ordered as (
  select
    *,
    lag(is_agreed) over (
      partition by school_urn, pupil_key, match_field order by check_date, check_place
    ) as was_agreed
  from model_match__checks
),
numbered as (
  select
    *,
    sum(case when not is_agreed and coalesce(was_agreed, true) then 1 else 0 end) over (
      partition by school_urn, pupil_key, match_field order by check_date, check_place
      rows between unbounded preceding and current row
    ) as run_number,
    row_number() over (
      partition by school_urn, pupil_key, match_field order by check_date desc, check_place desc
    ) as newest
  from ordered
),
runs as (
  select
    school_urn, pupil_key, match_field, run_number,
    min(case when not is_agreed then coalesce(since_date, check_date) end) as opened_date,
    min(case when is_agreed then check_date end) as agreed_date,
    min(case when not is_agreed then newest end) as last_place
  from numbered
  where run_number > 0
  group by school_urn, pupil_key, match_field, run_number
),
leavers as (
  select e.pupil_key, e.school_urn, max(coalesce(e.leaving_date, date '9999-12-31')) as last_date
  from core_enrolments e
  group by e.pupil_key, e.school_urn
)
select
  r.school_urn, r.pupil_key, r.match_field, r.opened_date,
  coalesce(
    r.agreed_date,
    case when r.match_field <> 'ROLL' and l.last_date < run.data_date then greatest(l.last_date, r.opened_date) end
  ) as closed_date,
  case
    when r.agreed_date is not null then 'AGREED'
    when r.match_field <> 'ROLL' and l.last_date < run.data_date then 'LEFT'
  end as closed_how,
  n.owner, n.register_said, n.census_said, n.insight_said, n.tracker_said
from runs r
cross join core_run run
join numbered n
  on n.school_urn = r.school_urn and n.pupil_key = r.pupil_key and n.match_field = r.match_field and n.newest = r.last_place
left join leavers l on l.pupil_key = r.pupil_key and l.school_urn = r.school_urn
