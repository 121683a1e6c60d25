-- Whether a line of section F names an intervention, this academic year or the last, by any spelling that the trust's
-- catalogue knows: for those pupils it is a duty, so that nothing may propose to stop it.
with named as (
  select distinct trim(regexp_replace(lower(p.provision_type), '[^a-z0-9]+', ' ', 'g')) as alias
  from core_ehc_provision p
  cross join core_run run
  where p.academic_year >= run.academic_year - 1
)
select c.intervention_name, max(case when n.alias is not null then 1 else 0 end) = 1 as is_required
from core_intervention_catalogue c
left join named n on n.alias = c.alias
group by c.intervention_name
