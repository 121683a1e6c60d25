-- What became of each leaver. Sustained follows the Department: where the authority's record covers October to March,
-- all six months in education or work, five in work, or six months of an apprenticeship at any time in the year.
-- Elsewhere two days stand for the two terms: March in education, employment or training, and September not known to
-- be anything else. Two days also decide where the school's later word on March contradicts the record. Custody and
-- the like have no "positive" in the code table: not sustained, in their own category.
with six_months as (
  select
    m.pupil_key, m.school_urn, m.leaving_date,
    count(*) filter (where month(m.month_date) not between 4 and 9) as known_months,
    count(*) filter (where month(m.month_date) not between 4 and 9 and m.month_activity <> 'OTHER') as placed_months,
    count(*) filter (
      where month(m.month_date) not between 4 and 9 and m.month_activity in ('WORK', 'APPRENTICESHIP')
    ) as work_months,
    count(*) filter (where m.month_activity = 'APPRENTICESHIP') as apprentice_months,
    max(case when month(m.month_date) = 3 and m.month_activity <> 'OTHER' then 1 else 0 end) = 1 as is_placed_in_march
  from model_destinations__months m
  group by m.pupil_key, m.school_urn, m.leaving_date
),
said as (
  select
    l.pupil_key, l.school_urn, l.leaving_date, l.academic_year, l.leaver_stage, l.sen_provision,
    i.destination_category as intended_category, coalesce(i.is_positive, false) as is_intended,
    s.destination_category as september_category, s.is_positive as is_september_positive,
    t.destination_category as spring_category, t.is_positive as is_spring_positive,
    y.destination_category as later_category, y.is_positive as is_later_positive,
    t.destination_code as spring_code, t.point_state as spring_state, y.point_state as later_state,
    coalesce(
      m.apprentice_months >= 6 or m.work_months >= 5 or (m.known_months = 6 and m.placed_months = 6), false
    ) as is_sustained_by_months,
    coalesce(
      m.apprentice_months >= 6
      or ((m.known_months = 6 or m.work_months >= 5) and m.is_placed_in_march = coalesce(t.is_positive, false)), false
    ) as is_told_by_months
  from core_leavers l
  left join core_destination_codes i
    on i.destination_code = l.intended_code and i.destination_category not in ('Not known', 'Excluded from count')
  join model_destinations__points s
    on s.pupil_key = l.pupil_key and s.school_urn = l.school_urn and s.leaving_date = l.leaving_date
    and s.time_point = 'SEPTEMBER'
  join model_destinations__points t
    on t.pupil_key = l.pupil_key and t.school_urn = l.school_urn and t.leaving_date = l.leaving_date
    and t.time_point = 'TWO_TERMS'
  join model_destinations__points y
    on y.pupil_key = l.pupil_key and y.school_urn = l.school_urn and y.leaving_date = l.leaving_date
    and y.time_point = 'TWO_YEARS'
  left join six_months m
    on m.pupil_key = l.pupil_key and m.school_urn = l.school_urn and m.leaving_date = l.leaving_date
),
judged as (
  select
    *,
    case
      when spring_state = 'NOT_DUE' then 'NOT_DUE'
      when is_told_by_months and is_sustained_by_months then 'SUSTAINED'
      when is_spring_positive is null then 'UNKNOWN'
      when is_told_by_months then 'NOT_SUSTAINED'
      when is_spring_positive and coalesce(is_september_positive, true) then 'SUSTAINED'
      else 'NOT_SUSTAINED'
    end as sustained_outcome
  from said
)
select
  pupil_key, school_urn, leaving_date, academic_year, leaver_stage,
  sen_provision <> 'N' as has_sen, sen_provision = 'E' as has_ehc_plan,
  case when intended_category is not null then is_intended end as is_intended_positive,
  september_category = intended_category as is_intended_reached,
  case
    when is_september_positive is null then 'UNKNOWN' when is_september_positive then 'SUSTAINED' else 'NOT_SUSTAINED'
  end as september_outcome,
  sustained_outcome,
  case
    when sustained_outcome in ('NOT_DUE', 'UNKNOWN') then null when is_told_by_months then 'MONTHS' else 'TWO_DAYS'
  end as sustained_basis,
  case when sustained_outcome = 'UNKNOWN' then spring_state end as unknown_reason,
  case
    when later_state = 'NOT_DUE' then 'NOT_DUE'
    when is_later_positive is null then 'UNKNOWN'
    when is_later_positive then 'SUSTAINED'
    else 'NOT_SUSTAINED'
  end as later_outcome,
  coalesce(later_category, spring_category, september_category, 'Not known') as destination_category,
  case
    when sustained_outcome in ('NOT_DUE', 'UNKNOWN') then null
    when sustained_outcome = 'NOT_SUSTAINED' and is_spring_positive then 'Began later'
    when spring_code in ('L12', 'L13', 'L20', 'L22', '280') then 'Special school or specialist college'
    when spring_code in ('L23', '460') then 'Supported internship'
    when spring_category = 'School' or spring_code in ('210', '220') then 'School or sixth form'
    when spring_category = 'Education' then 'College or university'
    when spring_category = 'Employment' then 'Apprenticeship or work'
    when spring_category = 'Training' then 'Training'
    when spring_category = 'Adult social care' then 'Adult day or residential care'
    when spring_code in ('L25', 'L32', '540') then 'At home or volunteering'
    when spring_category = 'NEET' then 'Not in education or work'
    else 'Elsewhere'
  end as route
from judged
