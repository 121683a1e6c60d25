-- The interventions of the trust's list, each once, whatever its aliases.
select
  intervention_name, max(area_of_need) as area_of_need, max(wave_number) as wave_number,
  max(outcome_domain) as outcome_domain, max(evidence_strand) as evidence_strand
from core_intervention_catalogue
group by intervention_name
