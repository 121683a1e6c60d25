-- Referrals to outside agencies as schools recorded them. A pupil who has died, as any list says, is left out of every
-- list and count, whichever school or agency it was, and the family is left in peace.
select
  r.pupil_key, r.school_urn, r.agency, r.service, r.concern_date, r.referral_date, r.referral_decision, r.seen_date,
  r.report_date, r.provision_start_date, r.closed_date, r.referral_closed_reason
from clean_referrals__referrals r
left join core_deceased d on d.pupil_key = r.pupil_key
where d.pupil_key is null
