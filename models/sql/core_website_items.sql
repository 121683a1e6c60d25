-- Reports, plans and policies of the trust's schools. Due again: three years after it was published for an accessibility
-- plan, a year for the others, or the school's own day where that is earlier.
with listed as (
  select
    w.website_school_urn as school_urn, w.website_item, w.published_date, w.review_due_date,
    case when w.website_item = 'ACCESSIBILITY_PLAN' then w.published_date + interval 3 year
         else w.published_date + interval 1 year end as limit_date
  from clean_registers__website w
  join core_schools s on s.school_urn = w.website_school_urn
)

select
  school_urn, website_item, published_date, review_due_date,
  cast(case when review_due_date < limit_date then review_due_date else limit_date end as date) as item_due_date
from listed
