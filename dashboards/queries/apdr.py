"""Assess, plan, do, review: what is due of whom, who has no cycle, what schools do of it. Rows of pupils: staff app."""

from __future__ import annotations

from dashboards.queries import Query

_PUPIL = "pupil_key, surname, forename, nc_year"
_BY_NAME = "surname, forename, pupil_key"


def live(school_urn: str) -> Query:
    """A school's cycles of which a stage is to come, the longest overdue first."""
    return Query(
        f"select {_PUPIL}, cycle_number, area_of_need, stage, stage_due_date, overdue_days from mart_apdr__cycle "  # noqa: S608
        f"where school_urn = ? and stage <> 'CLOSED' order by stage_due_date, {_BY_NAME}",
        (school_urn,),
    )


def repeating(school_urn: str) -> Query:
    """Pupils with two or more cycles in a row on one provision without the target met, the longest run first."""
    return Query(
        "select p.pupil_key, p.surname, p.forename, p.nc_year, p.unchanged_run_count, c.cycle_number, c.area_of_need, "
        "c.group_reference, c.stage from mart_apdr__pupil p join mart_apdr__cycle c "
        "on c.pupil_key = p.pupil_key and c.school_urn = p.school_urn and c.is_latest "
        "where p.school_urn = ? and p.is_repeating "
        "order by p.unchanged_run_count desc, p.surname, p.forename, p.pupil_key",
        (school_urn,),
    )


def without(school_urn: str) -> Query:
    """Pupils on SEN support who have no cycle, or whose last one was ended, the longest on support first."""
    return Query(
        f"select {_PUPIL}, sen_type, support_start_date, standing from mart_apdr__pupil "  # noqa: S608
        f"where school_urn = ? and standing in ('NONE', 'STOPPED') order by support_start_date nulls first, {_BY_NAME}",
        (school_urn,),
    )


def ledger(school_urn: str) -> Query:
    """Every cycle of a school's pupils on roll, by name."""
    return Query(
        f"select {_PUPIL}, sen_provision, cycle_number, area_of_need, assessed_date, planned_date, started_date, "  # noqa: S608
        "reviewed_date, review_limit_date, cycle_outcome, cycle_next_step, stage, closed_reason, stage_due_date, "
        f"unchanged_run_count from mart_apdr__cycle where school_urn = ? order by {_BY_NAME}, cycle_number",
        (school_urn,),
    )


def by_school() -> Query:
    """One row per school in the file, and the trust."""
    return Query(
        "select school_urn, data_date, sen_support_count, open_count, between_count, no_cycle_count, overdue_count, "
        "assess_overdue_count, plan_overdue_count, do_overdue_count, review_overdue_count, unchanged_count, "
        "cycled_count, pupil_view_count, pupil_view_rate, parent_view_count, parent_view_rate, reviews_due_count, "
        "reviews_in_time_count, reviewed_in_time_rate, hidden_columns from mart_apdr__school order by school_urn"
    )
