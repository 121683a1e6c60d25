-- On no register, and worth a look: scores that stay low, or half of all sessions missed. By name, for the SENCO.
select
  i.pupil_key, i.school_urn, p.surname, p.forename, i.nc_year,
  case
    when i.has_low_scores and i.absence_rate >= 0.5 then 'BOTH'
    when i.has_low_scores then 'LOW_SCORES'
    else 'SEVERE_ABSENCE'
  end as why_look,
  i.absence_rate
from model_identification__pupils i
join core_pupils p on p.pupil_key = i.pupil_key
where i.sen_provision = 'N' and (i.has_low_scores or i.absence_rate >= 0.5)
