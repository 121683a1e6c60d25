-- Active plans of pupils who change phase at the end of this academic year. The amended plan has to be there before
-- 31 March (secondary to post-16) or 15 February (earlier phases); for other moves after 16, five months before the
-- year that starts on 1 September. A pupil of the school's last year must move; in a school that goes on one may stay.
-- Years 2, 12 and 13 count only where they are a school's last.
with years as (
  select
    r.pupil_key, r.school_urn, r.nc_year,
    case
      when r.nc_year = 'R' then 0 when r.nc_year = 'N2' then -1 when r.nc_year = 'N1' then -2
      when r.nc_year in ('E1', 'E2', 'X', 'M') then null
      else cast(r.nc_year as bigint)
    end as year_index
  from model_pupils__on_roll r
),
tops as (
  select school_urn, max(year_index) as top_index from years group by school_urn
),
moving as (
  select
    p.plan_key, p.pupil_key, p.school_urn, y.nc_year, run.data_date, y.year_index = t.top_index as is_move_certain,
    case
      when y.year_index < 0 then 'EARLY_YEARS' when y.year_index < 11 then 'SCHOOL'
      when y.year_index = 11 then 'SECONDARY' else 'POST_16'
    end as transfer_stage,
    case
      when y.year_index < 11 then make_date(run.academic_year + 1, 2, 14)
      when y.year_index = 11 then make_date(run.academic_year + 1, 3, 30)
      else make_date(run.academic_year + 1, 4, 1)
    end as transfer_due_date
  from model_ehc_clock__plans p
  cross join core_run run
  join years y on y.pupil_key = p.pupil_key and y.school_urn = p.school_urn
  join tops t on t.school_urn = p.school_urn
  where p.is_active
    and (y.year_index in (-1, 6, 11, 14) or (y.year_index in (2, 12, 13) and y.year_index = t.top_index))
),
reviewed as (
  select
    m.*, v.meeting_date, v.decision_date, v.review_decision, v.amended_plan_date,
    row_number() over (partition by m.plan_key order by v.meeting_date desc) as place
  from moving m
  left join model_ehc_clock__reviews v
    on v.plan_key = m.plan_key and v.is_held and v.meeting_date > cast(m.transfer_due_date - interval 12 month as date)
),
stood as (
  select
    r.*,
    case
      when r.meeting_date is null then 'REVIEW'
      when r.amended_plan_date is not null then 'DONE'
      when r.decision_date is null then 'DECISION'
      when r.review_decision = 'Cease' then 'ENDING'
      else 'PLAN'
    end as transfer_standing
  from reviewed r
  where r.place = 1
)
select
  plan_key, pupil_key, school_urn, nc_year, transfer_stage, is_move_certain, transfer_due_date,
  cast(transfer_due_date - interval 84 day as date) as review_by_date, meeting_date, decision_date, amended_plan_date,
  transfer_standing,
  cast(case
    when transfer_standing = 'DONE' then greatest(date_diff('day', transfer_due_date, amended_plan_date), 0)
    when transfer_standing <> 'ENDING' and transfer_due_date < data_date
    then date_diff('day', transfer_due_date, data_date)
  end as bigint) as transfer_late_days,
  case
    when transfer_standing in ('DONE', 'ENDING') then null when transfer_standing = 'REVIEW' then 'SCHOOL'
    else 'AUTHORITY'
  end as owed_by
from stood
