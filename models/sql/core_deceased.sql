-- Pupils recorded as having died: by the leavers' tracker, the list of moves (L98) or the plan's reason for ceasing (8).
select pupil_key
from clean_leavers__pupils
where 'L98' in (
  coalesce(intended_code, ''), coalesce(september_code, ''), coalesce(spring_code, ''), coalesce(later_code, '')
)
union
select pupil_key from clean_attendance__moves where move_code = 'L98'
union
select pupil_key from core_ehc_plans where cease_reason_code = 8
