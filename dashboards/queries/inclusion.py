"""Here and included: released figures by school, and the lists by name for staff."""

from __future__ import annotations

from dashboards.queries import Query

_GROUP_ORDER = "array_position(['All pupils', 'No SEN', 'SEN support', 'EHC plan', 'SEN'], sen_group)"
_FIGURES = (
    "school_urn, sen_group, data_date, academic_year, pupils_count, absence_rate, before_absence_rate, "
    "extra_absent_sessions_count, persistent_rate, persistent_low_rate, persistent_high_rate, before_persistent_rate, "
    "severe_rate, suspensions_per_100_years, suspensions_low_per_100_years, suspensions_high_per_100_years, "
    "before_suspensions_per_100_years, lost_days_per_100_years, hidden_columns"
)
_TAKING_PART = "pupils_count, recorded_rate, full_rate, adapted_rate, not_taught_rate, missing_rate, hidden_columns"


def figures(school_urn: str | None = None) -> Query:
    """Absence and suspensions by SEN status at the time: of one school or the trust, or every row in the file."""
    return _one_or_all(
        f"select {_FIGURES} from mart_inclusion__school where true",  # noqa: S608
        f"school_urn, {_GROUP_ORDER}",
        school_urn,
    )


def now() -> Query:
    """Who is not in school all week: a row a school, and of the trust also one a status."""
    return Query(
        "select school_urn, sen_group, pupils_count, part_time_count, part_time_late_count, "  # noqa: S608
        f"placed_count, excluded_count, hidden_columns from mart_inclusion__now "
        f"order by school_urn, {_GROUP_ORDER}"
    )


def curriculum() -> Query:
    """How pupils with SEN take part: a row a school, and the trust."""
    return Query(
        f"select school_urn, academic_year, school_term, narrowed_rate, {_TAKING_PART} "  # noqa: S608
        "from mart_inclusion__curriculum order by school_urn"
    )


def subjects() -> Query:
    """The same by subject over the trust, by name."""
    return Query(
        f"select school_urn, curriculum_subject, {_TAKING_PART} from mart_inclusion__subject "  # noqa: S608
        "order by curriculum_subject"
    )


def absent_pupils(school_urn: str | None = None) -> Query:
    """Pupils with SEN who missed 10% or more of their sessions, the most first: of one school, or of all."""
    return _one_or_all(
        "select pupil_key, school_urn, surname, forename, nc_year, sen_provision, possible_sessions_count, "
        "absent_sessions_count, absence_rate, suspensions_count, lost_sessions_count from mart_inclusion__pupil "
        "where absence_rate >= 0.1",
        "absence_rate desc, surname, forename, pupil_key",
        school_urn,
    )


def part_time(school_urn: str | None = None) -> Query:
    """Part-time timetables that run: the longest overdue first."""
    return _one_or_all(
        "select pupil_key, school_urn, surname, forename, nc_year, sen_provision, start_date, planned_end_date, "
        "weekly_sessions_count, last_review_date, review_due_date, running_days, review_overdue_days, beyond_end_days "
        "from mart_inclusion__part_time where true",
        "greatest(review_overdue_days, beyond_end_days) desc, running_days desc, surname, forename, pupil_key",
        school_urn,
    )


def placements(school_urn: str | None = None) -> Query:
    """Placements in alternative provision that run: the longest first."""
    return _one_or_all(
        "select pupil_key, school_urn, surname, forename, nc_year, sen_provision, provider_name, start_date, "
        "planned_end_date, placement_sessions_count, is_registered_school, last_visit_date, running_days, "
        "beyond_end_days from mart_inclusion__placement where true",
        "running_days desc, surname, forename, pupil_key",
        school_urn,
    )


def access_of_pupils(school_urn: str) -> Query:
    """Pupils who are not taught a subject, miss lessons, or of whom nothing is recorded."""
    return _one_or_all(
        "select pupil_key, school_urn, surname, forename, nc_year, sen_provision, not_taught_subjects, "
        "adapted_subjects_count, blank_subjects_count, missed_subjects, weekly_missed_minutes "
        "from mart_inclusion__access where (not_taught_subjects is not null or missed_subjects is not null "
        "or blank_subjects_count > 0)",
        "not_taught_subjects is null, missed_subjects is null, surname, forename, pupil_key",
        school_urn,
    )


def _one_or_all(select: str, order: str, school_urn: str | None) -> Query:
    if school_urn is None:
        return Query(f"{select} order by {order}")
    return Query(f"{select} and school_urn = ? order by {order}", (school_urn,))
