-- SEND leadership of the trust's schools; a school that is none of them has no figures.
select
  l.leadership_school_urn as school_urn, l.senco_weekly_hours, l.senco_award, l.staff_training_date,
  l.governor_training_date, l.peer_review_date, l.recommendations_count, l.open_recommendations_count,
  l.follow_up_due_date, l.follow_up_date
from clean_registers__leadership l
join core_schools s on s.school_urn = l.leadership_school_urn
