-- Codes as the newest lists hold them: history of the code set (S, A, P) is kept in core only as what it became.
with register_rows as (
  select
    r.pupil_key, p.school_urn, p.sen_provision,
    row_number() over (
      partition by r.pupil_key, p.school_urn order by p.status_date desc, p.file_name, p.row_number
    ) as choice
  from clean_send_register__pupils p
  cross join core_run run
  join core_pupil_records r
    on r.table_name = 'clean_send_register__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
  where p.status_date <= run.data_date and coalesce(p.status_end_date, run.data_date) >= run.data_date
),
census_rows as (
  select
    r.pupil_key, p.school_urn, p.sen_provision, p.has_top_up, p.reference_date,
    max(p.reference_date) over (partition by p.school_urn) as newest_date,
    row_number() over (
      partition by r.pupil_key, p.school_urn, p.reference_date order by p.file_name, p.row_number
    ) as choice
  from clean_school_census__pupils p
  join core_pupil_records r
    on r.table_name = 'clean_school_census__pupils' and r.delivery_key = p.delivery_key
    and r.school_urn = p.school_urn and r.file_name = p.file_name and r.row_number = p.row_number
)
select
  coalesce(g.school_urn, c.school_urn) as school_urn, coalesce(g.pupil_key, c.pupil_key) as pupil_key,
  coalesce(g.sen_provision, c.sen_provision) as provision_code, c.has_top_up
from (select * from register_rows where choice = 1) g
full outer join (select * from census_rows where choice = 1 and reference_date = newest_date) c
  on c.pupil_key = g.pupil_key and c.school_urn = g.school_urn
