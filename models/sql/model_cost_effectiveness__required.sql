-- Interventions that a line of section F names, by any spelling that the trust's catalogue knows: for those pupils it
-- is a duty, so that nothing may propose to stop it.
select distinct c.intervention_name
from core_ehc_provision p
cross join core_run run
join core_intervention_catalogue c
  on c.alias = trim(regexp_replace(lower(p.provision_type), '[^a-z0-9]+', ' ', 'g'))
where p.academic_year >= run.academic_year - 1
