-- What each leaver had at school, beside where they went two terms on. It describes; nothing here says why.
with needs as (
  select
    l.pupil_key, l.school_urn, l.leaving_date, n.sen_type,
    row_number() over (
      partition by l.pupil_key, l.school_urn, l.leaving_date
      order by n.sen_type_rank, n.start_date desc, n.need_source desc, n.sen_type
    ) as place
  from model_destinations__leavers l
  join core_sen_needs n
    on n.pupil_key = l.pupil_key and n.school_urn = l.school_urn and n.start_date <= l.leaving_date
    and coalesce(n.end_date, l.leaving_date) >= cast(l.leaving_date - interval 366 day as date)
),
plan_outcomes as (
  select
    l.pupil_key, l.school_urn, l.leaving_date,
    count(*) as outcomes_due_count, count(*) filter (where o.status = 'Met') as outcomes_met_count
  from model_destinations__leavers l
  join core_ehc_plans p on p.pupil_key = l.pupil_key and p.school_urn = l.school_urn
  join core_ehc_outcomes o on o.plan_key = p.plan_key and o.due_date <= l.leaving_date
  group by l.pupil_key, l.school_urn, l.leaving_date
),
taken as (
  select
    l.pupil_key, l.school_urn, l.leaving_date,
    count(distinct g.intervention_name) as interventions_count,
    count(distinct case when e.verdict = 'AHEAD' then g.intervention_name end) as ahead_count,
    count(distinct case when e.verdict = 'BEHIND' then g.intervention_name end) as behind_count
  from model_destinations__leavers l
  join core_intervention_pupils m on m.pupil_key = l.pupil_key and m.start_date <= l.leaving_date
  join core_interventions g on g.intervention_key = m.intervention_key
  left join model_impact__estimates e on e.intervention_name = g.intervention_name
  group by l.pupil_key, l.school_urn, l.leaving_date
)
select
  l.pupil_key, l.school_urn, l.leaving_date, l.academic_year, l.leaver_stage, n.sen_type, l.has_sen, l.has_ehc_plan,
  l.sustained_outcome, l.destination_category,
  coalesce(o.outcomes_due_count, 0) as outcomes_due_count, coalesce(o.outcomes_met_count, 0) as outcomes_met_count,
  coalesce(t.interventions_count, 0) as interventions_count, coalesce(t.ahead_count, 0) as ahead_count,
  coalesce(t.behind_count, 0) as behind_count
from model_destinations__leavers l
left join needs n
  on n.pupil_key = l.pupil_key and n.school_urn = l.school_urn and n.leaving_date = l.leaving_date and n.place = 1
left join plan_outcomes o
  on o.pupil_key = l.pupil_key and o.school_urn = l.school_urn and o.leaving_date = l.leaving_date
left join taken t
  on t.pupil_key = l.pupil_key and t.school_urn = l.school_urn and t.leaving_date = l.leaving_date
where l.sustained_outcome <> 'NOT_DUE'
