-- Pupils on roll with SEN by main need, and the tests that serve the need: for each school, and for the trust, where a
-- pupil of two schools counts once. Every need is a row everywhere, so that a row says nothing by being there.
with serves as (
  select test_name, sen_type from core_diagnostic_tests
  union
  select test_name, second_sen_type from core_diagnostic_tests where second_sen_type is not null
  union
  select test_name, third_sen_type from core_diagnostic_tests where third_sen_type is not null
),
needs as (
  select * from (values ('SPLD'), ('MLD'), ('SLD'), ('PMLD'), ('SEMH'), ('SLCN'), ('HI'), ('VI'), ('MSI'), ('PD'),
    ('ASD'), ('DS')) listed (sen_type)
),
places as (
  select school_urn from core_schools
  union all
  select 'TRUST'
),
pupils as (
  select pupil_key, school_urn, sen_type from model_pupils__on_roll where sen_provision in ('K', 'E')
  union all
  select pupil_key, 'TRUST', sen_type from model_pupils__on_roll where sen_provision in ('K', 'E')
),
counted as (
  select school_urn, sen_type, count(distinct pupil_key) as pupils_count
  from pupils
  where sen_type is not null
  group by school_urn, sen_type
),
known as (
  select sen_type, count(distinct test_name) as known_tests_count from serves group by sen_type
),
held as (
  select school_urn as holder_urn, school_urn, test_name, left_units from model_purchasing__stock where left_units > 0
  union all
  select school_urn, 'TRUST', test_name, left_units from model_purchasing__stock where left_units > 0
),
stocked as (
  select
    h.school_urn, s.sen_type, count(distinct h.test_name) as stocked_tests_count, sum(h.left_units) as left_units,
    count(distinct h.holder_urn) as stocked_schools_count
  from held h
  join serves s on s.test_name = h.test_name
  group by h.school_urn, s.sen_type
)
select
  p.school_urn, n.sen_type, cast(coalesce(c.pupils_count, 0) as bigint) as pupils_count,
  cast(coalesce(k.known_tests_count, 0) as bigint) as known_tests_count,
  cast(coalesce(s.stocked_tests_count, 0) as bigint) as stocked_tests_count,
  cast(coalesce(s.left_units, 0) as bigint) as left_units,
  cast(coalesce(s.stocked_schools_count, 0) as bigint) as stocked_schools_count
from places p
cross join needs n
left join counted c on c.school_urn = p.school_urn and c.sen_type = n.sen_type
left join known k on k.sen_type = n.sen_type
left join stocked s on s.school_urn = p.school_urn and s.sen_type = n.sen_type
