-- Licences that schools of the trust pay for; a school that is none of them has no figures.
select
  l.licence_school_urn as school_urn, l.product_name, l.seats_count, l.yearly_price_pence, l.renewal_date,
  l.active_users_count
from clean_registers__licences l
join core_schools s on s.school_urn = l.licence_school_urn
