-- Who started: pupils to whom at least one session was delivered while they were in the group (METHODS A2). Where a
-- map records no sessions, the pupil's first day stands for it. Nobody starts who attended none of those delivered.
-- Groups whose name the catalogue does not know stay in and are marked: who is in one is no pupil without support.
with delivered as (
  select s.intervention_key, s.session_date
  from core_intervention_sessions s
  cross join core_run run
  where s.is_delivered and s.session_date <= run.data_date
),
recorded as (
  select distinct intervention_key from core_intervention_sessions
),
offered as (
  select
    p.intervention_key, p.pupil_key, count(d.session_date) as delivered_count, min(d.session_date) as first_date
  from core_intervention_pupils p
  left join delivered d
    on d.intervention_key = p.intervention_key and d.session_date >= p.start_date and d.session_date <= p.end_date
  group by p.intervention_key, p.pupil_key
),
started as (
  select
    p.intervention_key, p.pupil_key, g.school_urn, g.intervention_name, g.is_in_catalogue, g.area_of_need,
    g.assessment_name, g.exit_assessment_name, g.subject, g.outcome_domain,
    coalesce(o.first_date, p.start_date) as started_date, p.end_date, g.planned_sessions_count,
    case when r.intervention_key is not null then o.delivered_count end as delivered_count, p.attended_sessions_count
  from core_intervention_pupils p
  cross join core_run run
  join core_interventions g on g.intervention_key = p.intervention_key
  join offered o on o.intervention_key = p.intervention_key and o.pupil_key = p.pupil_key
  left join recorded r on r.intervention_key = p.intervention_key
  where coalesce(p.attended_sessions_count, 1) > 0
    and (o.delivered_count > 0 or (r.intervention_key is null and p.start_date <= run.data_date))
)
select
  intervention_key, pupil_key, school_urn, intervention_name, is_in_catalogue, area_of_need, assessment_name,
  exit_assessment_name, subject, outcome_domain, started_date, end_date,
  planned_sessions_count, cast(delivered_count as bigint) as delivered_sessions_count, attended_sessions_count,
  row_number() over (partition by intervention_name, pupil_key order by started_date, intervention_key) as start_rank
from started
