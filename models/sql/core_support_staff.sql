-- Contracted hours of support staff by school, year and grade.
select
  funded_school_urn as school_urn, financial_year, staff_grade, staff_count, weekly_contracted_hours, weekly_vacant_hours
from clean_money__support_staff
