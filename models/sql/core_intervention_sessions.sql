-- Sessions of the groups, with the group's usual length where the session has none of its own.
select
  g.intervention_key, g.school_urn, s.session_date, s.is_delivered,
  coalesce(s.session_minutes, g.session_minutes) as session_minutes
from clean_provision_map__sessions s
join core_interventions g
  on g.intervention_key = s.school_urn || ':' || s.group_reference and g.map_source = 'provision_map'
