-- Where each leaver was on 30 September, on the following 31 March and on 30 September two years later: the school's
-- tracker, and for leavers of year 11 and above the spell of the authority's record that covers the day and can be
-- relied on then. A lapsed record is "not known": no row.
with points as (
  select
    l.pupil_key, l.school_urn, l.leaving_date, l.leaver_stage, 'SEPTEMBER' as time_point,
    make_date(cast(l.academic_year as int) + 1, 9, 30) as count_date
  from core_leavers l
  union all
  select
    l.pupil_key, l.school_urn, l.leaving_date, l.leaver_stage, 'TWO_TERMS',
    make_date(cast(l.academic_year as int) + 2, 3, 31)
  from core_leavers l
  union all
  select
    l.pupil_key, l.school_urn, l.leaving_date, l.leaver_stage, 'TWO_YEARS',
    make_date(cast(l.academic_year as int) + 3, 9, 30)
  from core_leavers l
),
tracked as (
  select
    p.pupil_key, p.school_urn, p.leaving_date, p.time_point,
    case p.time_point
      when 'SEPTEMBER' then t.september_code when 'TWO_TERMS' then t.spring_code else t.later_code
    end as destination_code,
    case p.time_point
      when 'SEPTEMBER' then t.september_contact_date
      when 'TWO_TERMS' then t.spring_contact_date
      else t.later_contact_date
    end as contact_date
  from points p
  join clean_leavers__pupils t
    on t.pupil_key = p.pupil_key and t.school_urn = p.school_urn and t.leaving_date = p.leaving_date
),
nccis as (
  select
    p.pupil_key, p.school_urn, p.leaving_date, p.time_point, a.activity_code, a.known_date,
    row_number() over (
      partition by p.pupil_key, p.school_urn, p.leaving_date, p.time_point
      order by a.known_date desc, a.start_date desc, a.activity_code
    ) as newest
  from points p
  join core_activity_spells a
    on a.pupil_key = p.pupil_key and a.start_date <= p.count_date
    and coalesce(a.until_date, p.count_date) >= p.count_date
  cross join core_run run
  -- codes below 200 are of school age and say nothing of leavers
  where p.leaver_stage <> 'Year 6' and p.count_date <= run.data_date and a.activity_code >= '200'
)
select
  pupil_key, school_urn, leaving_date, time_point, 'school' as destination_source, destination_code, contact_date
from tracked
where destination_code is not null
union all
select pupil_key, school_urn, leaving_date, time_point, 'nccis', activity_code, known_date
from nccis
where newest = 1
