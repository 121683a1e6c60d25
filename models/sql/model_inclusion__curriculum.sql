-- How pupils with SEN take part in each subject, in the newest whole term that any school recorded: one row for each pupil on
-- roll on the first day of the term's second half and each subject that the school recorded, or that any school did
-- where it recorded none. What is not recorded is a blank and stays one. Pupils who died are left out.
with term_numbers as (
  select 'AUT' as school_term, 1 as term_number, 'Autumn2' as half_term union all
  select 'SPR', 2, 'Spring2' union all
  select 'SUM', 3, 'Summer2'
),
recorded_terms as (
  select distinct c.academic_year, t.school_term, t.term_number, h.start_date as status_date
  from core_curriculum c
  join term_numbers t on t.school_term = c.school_term
  join core_half_terms h on h.academic_year = c.academic_year and h.half_term = t.half_term
  cross join core_run run
  where h.end_date <= run.data_date
),
newest as (
  select academic_year, school_term, status_date
  from recorded_terms
  order by academic_year desc, term_number desc
  limit 1
),
recorded as (
  select c.pupil_key, c.school_urn, c.curriculum_subject, c.access, c.weekly_missed_minutes
  from core_curriculum c
  join newest n on n.academic_year = c.academic_year and n.school_term = c.school_term
),
sent as (
  select distinct school_urn from recorded
),
subjects as (
  select distinct r.school_urn, r.curriculum_subject from recorded r
  union
  select distinct s.school_urn, r.curriculum_subject
  from core_schools s
  cross join recorded r
  left join sent on sent.school_urn = s.school_urn
  where sent.school_urn is null
),
pupils as (
  select distinct s.pupil_key, s.school_urn, s.sen_provision, n.academic_year, n.school_term
  from core_sen_status s
  cross join newest n
  join core_enrolments e
    on e.pupil_key = s.pupil_key and e.school_urn = s.school_urn and e.entry_date <= n.status_date
    and coalesce(e.leaving_date, n.status_date) >= n.status_date
  left join core_deceased x on x.pupil_key = s.pupil_key
  where s.sen_provision <> 'N' and s.start_date <= n.status_date
    and coalesce(s.end_date, n.status_date) >= n.status_date and x.pupil_key is null
)
select
  p.pupil_key, p.school_urn, p.academic_year, p.school_term, s.curriculum_subject, p.sen_provision, r.access,
  r.weekly_missed_minutes
from pupils p
join subjects s on s.school_urn = p.school_urn
left join recorded r
  on r.pupil_key = p.pupil_key and r.school_urn = p.school_urn and r.curriculum_subject = s.curriculum_subject
