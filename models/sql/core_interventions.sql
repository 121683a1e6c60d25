-- Intervention groups. The school's own provision map speaks first; a group that only Insight's provision map has is
-- added, unless it is the same group under another name: the same intervention, a shared pupil, overlapping dates.
-- Names are the trust's own where its catalogue knows the school's; an unknown name is kept as given and marked, so
-- that it goes to the SEND lead's queue and no further. A group whose name the SEND lead has settled to be no
-- intervention is left out. A name without one letter or digit of ours is its own alias.
with house as (
  select
    g.school_urn, g.group_reference, g.intervention_name, g.area_of_need, g.wave_number, g.start_date, g.end_date,
    g.planned_sessions_count, g.session_minutes, g.staff_grade, g.assessment_name,
    nullif(g.exit_assessment_name, g.assessment_name) as exit_assessment_name, g.subject, g.resource_pence,
    'provision_map' as map_source
  from clean_provision_map__groups g
),
insight_rows as (
  select
    *,
    row_number() over (
      partition by school_urn, group_reference order by start_date, end_date desc, intervention_name, pupil_key
    ) as place
  from clean_insight__provisions
),
insight as (
  select
    i.school_urn, i.group_reference,
    max(case when i.place = 1 then i.intervention_name end) as intervention_name,
    max(case when i.place = 1 then i.area_of_need end) as area_of_need,
    cast(null as bigint) as wave_number,
    min(i.start_date) as start_date, max(i.end_date) as end_date,
    max(i.planned_sessions_count) as planned_sessions_count, max(i.session_minutes) as session_minutes,
    max(i.staff_grade) as staff_grade,
    max(case when i.place = 1 then i.assessment_name end) as assessment_name,
    cast(null as varchar) as exit_assessment_name,
    max(case when i.place = 1 then i.subject end) as subject,
    cast(null as bigint) as resource_pence, 'insight' as map_source
  from insight_rows i
  group by i.school_urn, i.group_reference
),
every_group as (
  select * from house
  union all
  select * from insight
),
folded as (
  select
    *,
    coalesce(
      nullif(trim(regexp_replace(lower(intervention_name), '[^a-z0-9]+', ' ', 'g')), ''), lower(trim(intervention_name))
    ) as alias
  from every_group
),
named as (
  select
    g.*,
    c.alias is not null as is_in_catalogue, c.outcome_domain,
    coalesce(c.intervention_name, g.intervention_name) as catalogue_name,
    coalesce(g.area_of_need, c.area_of_need) as catalogue_area,
    coalesce(g.wave_number, c.wave_number) as catalogue_wave
  from folded g
  left join core_intervention_catalogue c on c.alias = g.alias
  left join core_alias_decisions d on d.alias = g.alias and d.intervention_name is null
  where c.alias is not null or d.alias is null
),
same_by_name as (
  select distinct i.school_urn, i.group_reference
  from named i
  join named h
    on h.map_source = 'provision_map' and h.school_urn = i.school_urn and h.catalogue_name = i.catalogue_name
    and h.start_date <= i.end_date and i.start_date <= h.end_date
  join clean_insight__provisions ip on ip.school_urn = i.school_urn and ip.group_reference = i.group_reference
  join clean_provision_map__pupils hp
    on hp.school_urn = h.school_urn and hp.group_reference = h.group_reference and hp.pupil_key = ip.pupil_key
  where i.map_source = 'insight'
)
select
  n.school_urn || ':' || n.group_reference as intervention_key,
  n.school_urn, n.catalogue_name as intervention_name, n.intervention_name as given_name, n.alias, n.is_in_catalogue,
  n.catalogue_area as area_of_need, n.catalogue_wave as wave_number,
  n.start_date, n.end_date, n.planned_sessions_count, n.session_minutes, n.staff_grade, n.assessment_name,
  n.exit_assessment_name, n.subject, n.outcome_domain, n.resource_pence, n.map_source
from named n
left join house h
  on n.map_source = 'insight' and h.school_urn = n.school_urn and lower(h.group_reference) = lower(n.group_reference)
left join same_by_name s
  on n.map_source = 'insight' and s.school_urn = n.school_urn and s.group_reference = n.group_reference
where h.school_urn is null and s.school_urn is null
