"""Outcomes and milestones of EHC plans: released figures, and the SENCO's lists with names."""

from __future__ import annotations

from dashboards.queries import Query

_PUPIL = "plan_key, pupil_key, surname, forename, nc_year"
_BY_NAME = "surname, forename, plan_key, outcome_number"


def by_school() -> Query:
    """One row per school in the file, and the trust."""
    return Query(
        "select school_urn, data_date, ehc_plan_count, with_outcomes_count, with_outcomes_rate, with_milestones_count, "
        "with_milestones_rate, with_evidence_count, with_evidence_rate, outcomes_count, met_outcomes_count, "
        "on_track_outcomes_count, unbacked_outcomes_count, off_track_outcomes_count, no_evidence_outcomes_count, "
        "overdue_pupils_count, overdue_milestones_count, compared_pupils_count, compared_outcomes_count, "
        "improved_outcomes_count, held_outcomes_count, worse_outcomes_count, tracker_use, hidden_columns "
        "from mart_ehc_outcomes__school order by school_urn"
    )


def by_area() -> Query:
    """The trust's outcomes by area of need, then by area of preparation for adulthood."""
    return Query(
        "select area_kind, outcome_area, area_pupils_count, outcomes_count, met_outcomes_count, "
        "on_track_outcomes_count, unbacked_outcomes_count, off_track_outcomes_count, no_evidence_outcomes_count, "
        "hidden_columns from mart_ehc_outcomes__area "
        "order by area_kind desc, outcome_area = 'Not stated', outcome_area"
    )


def current(school_urn: str) -> Query:
    """A school's current outcomes, by pupil."""
    return Query(
        f"select {_PUPIL}, outcome_number, area_of_need, preparation_area, is_from_year_9, due_date, status, "  # noqa: S608
        "evidence_date, milestones_count, met_milestones_count, overdue_milestones_count, next_milestone_date, "
        "standing, standing_reason, review_change, change_basis, next_step, active_plans_count, has_plan_on_register "
        f"from mart_ehc_outcomes__plan where school_urn = ? and is_current order by {_BY_NAME}",
        (school_urn,),
    )


def overdue(school_urn: str) -> Query:
    """Milestones that are overdue, the longest first."""
    return Query(
        f"select {_PUPIL}, area_of_need, outcome_number, milestone_number, target_date, milestone_status, overdue_days "  # noqa: S608
        f"from mart_ehc_outcomes__milestone where school_urn = ? and is_overdue order by target_date, {_BY_NAME}",
        (school_urn,),
    )


def misdated(school_urn: str) -> Query:
    """Milestones whose target date lies before their plan began."""
    return Query(
        f"select {_PUPIL}, outcome_number, milestone_number, target_date from mart_ehc_outcomes__milestone "  # noqa: S608
        f"where school_urn = ? and is_before_plan order by {_BY_NAME}, milestone_number",
        (school_urn,),
    )
