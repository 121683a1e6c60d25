-- Targets of pupils in groups that the school's own provision map describes; a target in no such group is left out.
select
  g.intervention_key, t.pupil_key, g.school_urn, t.target_number, t.target_weight, t.start_level, t.achieved_level,
  t.set_date, t.scored_date, t.is_scored_by_deliverer
from clean_provision_map__targets t
join core_interventions g
  on g.intervention_key = t.school_urn || ':' || t.group_reference and g.map_source = 'provision_map'
