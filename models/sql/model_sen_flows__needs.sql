-- The main type of need of each pupil in each spring census, the only one that collects it.
with pupils as (
  select r.pupil_key, p.school_urn, p.reference_date, p.pupil_on_roll_id, p.sen_provision
  from clean_school_census__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_school_census__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
  where p.sen_provision <> 'N'
),
ranked as (
  select
    p.pupil_key, p.school_urn, p.reference_date, p.sen_provision, n.sen_type,
    row_number() over (
      partition by p.pupil_key, p.school_urn, p.reference_date order by n.sen_type_rank, n.sen_type, p.pupil_on_roll_id
    ) as choice
  from pupils p
  join clean_school_census__sen_needs n
    on n.school_urn = p.school_urn and n.reference_date = p.reference_date and n.pupil_on_roll_id = p.pupil_on_roll_id
)
select school_urn, pupil_key, reference_date, sen_provision, sen_type
from ranked
where choice = 1
