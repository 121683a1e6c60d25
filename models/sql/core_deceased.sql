-- Pupils recorded as having died: by the leavers' tracker, the list of moves (L98), the plan's reason for ceasing (8) or
-- a referral closed for it. The one answer to that question; every list and count asks here.
select pupil_key
from clean_leavers__pupils
where 'L98' in (
  coalesce(intended_code, ''), coalesce(september_code, ''), coalesce(spring_code, ''), coalesce(later_code, '')
)
union
select pupil_key from clean_attendance__moves where move_code = 'L98'
union
select pupil_key from core_ehc_plans where cease_reason_code = 8
union
select pupil_key from clean_referrals__referrals where referral_closed_reason = 'DECEASED'
