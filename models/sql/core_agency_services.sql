-- Services of outside agencies, with the lowest and highest price that a school of the trust, or the trust, pays now.
with priced as (
  select
    p.agency, p.service, min(p.unit_price_pence) as lowest_unit_price_pence,
    max(p.unit_price_pence) as highest_unit_price_pence,
    count(*) filter (where p.contract_school_urn = 'TRUST') > 0 as has_trust_contract
  from clean_registers__agency_prices p
  cross join core_run run
  left join core_schools s on s.school_urn = p.contract_school_urn
  where p.start_date <= run.data_date and coalesce(p.end_date, run.data_date) >= run.data_date
    and (s.school_urn is not null or p.contract_school_urn = 'TRUST')
  group by p.agency, p.service
)
select
  a.agency, a.service, a.sen_type, a.price_unit, p.lowest_unit_price_pence, p.highest_unit_price_pence,
  coalesce(p.has_trust_contract, false) as has_trust_contract
from clean_registers__agencies a
left join priced p on p.agency = a.agency and p.service = a.service
