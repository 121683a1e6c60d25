-- Spells on roll. Every pupil list row is evidence of a spell: from the day of entry to the day of leaving, or to the
-- day the list speaks for. Evidence that touches or overlaps is one spell; its newest evidence says how it ends.
with insight as (
  select
    r.pupil_key, p.school_urn, p.entry_date, p.leaving_date, p.nc_year, run.data_date as speaks_for_date,
    0 as trust_rank, run.academic_year
  from clean_insight__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_insight__pupils' and r.delivery_key = p.delivery_key and r.school_urn = p.school_urn
    and r.file_name = p.file_name and r.row_number = p.row_number
  cross join core_run run
),
census as (
  select
    r.pupil_key, p.school_urn, p.entry_date, p.leaving_date, p.nc_year, p.reference_date as speaks_for_date,
    1 as trust_rank
  from clean_school_census__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_school_census__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
),
census_entry as (
  select pupil_key, school_urn, min(coalesce(entry_date, speaks_for_date)) as entry_date
  from census
  group by pupil_key, school_urn
),
latest_census as (
  select school_urn, max(speaks_for_date) as speaks_for_date from census group by school_urn
),
-- An entry date that could not be read is taken from the census, else from the first day of the school year:
-- a pupil never falls off the roll for a blank.
evidence as (
  select
    i.pupil_key, i.school_urn,
    coalesce(i.entry_date, c.entry_date, least(h.start_date, i.speaks_for_date)) as entry_date,
    i.leaving_date, i.nc_year, i.speaks_for_date, i.trust_rank
  from insight i
  left join census_entry c on c.pupil_key = i.pupil_key and c.school_urn = i.school_urn
  left join core_half_terms h on h.academic_year = i.academic_year and h.half_term = 'Entry'
  union all
  select pupil_key, school_urn, coalesce(entry_date, speaks_for_date), leaving_date, nc_year, speaks_for_date, trust_rank
  from census
),
dated as (
  select
    pupil_key, school_urn, entry_date, nc_year, speaks_for_date, trust_rank,
    case when leaving_date >= entry_date then leaving_date end as leaving_date,
    greatest(
      entry_date, coalesce(case when leaving_date >= entry_date then leaving_date end, speaks_for_date)
    ) as known_until_date
  from evidence
),
reached as (
  select
    *,
    max(known_until_date) over (
      partition by pupil_key, school_urn
      order by entry_date, known_until_date, trust_rank, speaks_for_date
      rows between unbounded preceding and 1 preceding
    ) as reached_date
  from dated
),
numbered as (
  select
    *,
    sum(case when entry_date <= cast(reached_date + interval 1 day as date) then 0 else 1 end) over (
      partition by pupil_key, school_urn
      order by entry_date, known_until_date, trust_rank, speaks_for_date
      rows between unbounded preceding and current row
    ) as spell_number
  from reached
),
ranked as (
  select
    *,
    min(entry_date) over (partition by pupil_key, school_urn, spell_number) as first_date,
    min(trust_rank) over (partition by pupil_key, school_urn, spell_number) as best_trust_rank,
    row_number() over (
      partition by pupil_key, school_urn, spell_number
      order by
        speaks_for_date desc, trust_rank, entry_date desc, known_until_date desc, coalesce(leaving_date, entry_date) desc,
        coalesce(nc_year, '')
    ) as newest
  from numbered
)
-- Whom neither Insight nor the school's newest census knows any more has left; the last census that listed the
-- pupil is the last day known.
select
  s.pupil_key, s.school_urn, s.first_date as entry_date,
  coalesce(
    s.leaving_date,
    case when s.best_trust_rank = 1 and s.speaks_for_date < c.speaks_for_date then s.known_until_date end
  ) as leaving_date,
  s.nc_year
from ranked s
left join latest_census c on c.school_urn = s.school_urn
where s.newest = 1
