-- Half-day sessions possible and missed: this school year as far as it is delivered, and the same half-terms of the year
-- before, in the same school. A pupil's SEN status is the one of the middle day of each half-term (or of the first or
-- last day on roll, where the pupil was not there on that day), not today's. Pupils who died are left out.
with latest as (
  select max(a.academic_year) as academic_year
  from core_attendance a
  cross join core_run run
  where a.academic_year <= run.academic_year
),
delivered as (
  select distinct a.school_urn, a.half_term
  from core_attendance a
  join latest l on l.academic_year = a.academic_year
),
attended as (
  select
    a.pupil_key, a.school_urn, a.academic_year, a.half_term, a.possible_sessions_count,
    a.authorised_sessions_count + a.unauthorised_sessions_count as absent_sessions_count,
    a.academic_year = l.academic_year as is_latest
  from core_attendance a
  cross join latest l
  join delivered d on d.school_urn = a.school_urn and d.half_term = a.half_term
  left join core_deceased x on x.pupil_key = a.pupil_key
  where a.academic_year >= l.academic_year - 1 and a.academic_year <= l.academic_year
    and a.possible_sessions_count > 0 and x.pupil_key is null
),
status_days as (
  select
    a.pupil_key, a.school_urn, a.academic_year, a.half_term,
    max(coalesce(
      greatest(e.entry_date, least(coalesce(e.leaving_date, h.middle_date), h.middle_date)), h.middle_date
    )) as status_date
  from attended a
  join core_half_terms h on h.academic_year = a.academic_year and h.half_term = a.half_term
  left join core_enrolments e
    on e.pupil_key = a.pupil_key and e.school_urn = a.school_urn and e.entry_date <= h.end_date
    and coalesce(e.leaving_date, h.end_date) >= h.start_date
  group by a.pupil_key, a.school_urn, a.academic_year, a.half_term
),
with_status as (
  select
    a.pupil_key, a.school_urn, a.academic_year, a.is_latest, a.possible_sessions_count, a.absent_sessions_count,
    coalesce(s.sen_provision, 'N') as sen_provision,
    row_number() over (
      partition by a.pupil_key, a.school_urn, a.is_latest order by d.status_date desc, a.half_term desc
    ) as place
  from attended a
  join status_days d
    on d.pupil_key = a.pupil_key and d.school_urn = a.school_urn and d.academic_year = a.academic_year
    and d.half_term = a.half_term
  left join core_sen_status s
    on s.pupil_key = a.pupil_key and s.school_urn = a.school_urn and s.start_date <= d.status_date
    and coalesce(s.end_date, d.status_date) >= d.status_date
)
select
  pupil_key, school_urn, academic_year, is_latest, sen_provision,
  cast(sum(possible_sessions_count) as bigint) as possible_sessions_count,
  cast(sum(absent_sessions_count) as bigint) as absent_sessions_count,
  min(place) = 1 as is_last_status
from with_status
group by pupil_key, school_urn, academic_year, is_latest, sen_provision
