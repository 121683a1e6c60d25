"""What is on record of one pupil, for the pupil's own page. Always a school's own pupil. Staff app only.

What an inspection's case sample asks as well stands in ``case_sample``.
"""

from __future__ import annotations

from dashboards.queries import Query


def flows(school_urn: str, pupil_key: str) -> Query:
    """On the register, off it, another need: this year and the last."""
    return _of_pupil("flow, flow_date, from_code, to_code", "mart_sen_flows__pupil", "flow_date", school_urn, pupil_key)


def absence(school_urn: str, pupil_key: str) -> Query:
    """Half-days missed and suspensions of twelve months: one row, or none."""
    columns = "possible_sessions_count, absent_sessions_count, absence_rate, suspensions_count, lost_sessions_count"
    return _of_pupil(columns, "mart_inclusion__pupil", "pupil_key", school_urn, pupil_key)


def part_time(school_urn: str, pupil_key: str) -> Query:
    """Part-time timetables that run."""
    columns = "start_date, planned_end_date, weekly_sessions_count"
    return _of_pupil(columns, "mart_inclusion__part_time", "start_date", school_urn, pupil_key)


def groups(school_urn: str, pupil_key: str) -> Query:
    """The groups that the pupil was in, with dose and the group's cost, the oldest first."""
    columns = (
        "intervention_name, start_date, end_date, pupils_count, delivered_sessions_count, attended_sessions_count, "
        "cost_to_date_pence"
    )
    return _of_pupil(
        columns, "mart_interventions__pupil", "start_date, intervention_name, intervention_key", school_urn, pupil_key
    )


def plan_costs(school_urn: str, pupil_key: str) -> Query:
    """What the delivered support of the plan cost, the oldest year first."""
    columns = "plan_key, academic_year, cost_to_date_pence, unrecorded_pence"
    return _of_pupil(columns, "mart_value_for_money__plan", "academic_year, plan_key", school_urn, pupil_key)


def milestones(school_urn: str, pupil_key: str) -> Query:
    """Milestones of the plan, by their day."""
    columns = "area_of_need, outcome_number, milestone_number, target_date, milestone_status, evidence_date, is_overdue"
    return _of_pupil(
        columns, "mart_ehc_outcomes__milestone", "target_date, outcome_number, milestone_number", school_urn, pupil_key
    )


def ladder(school_urn: str, pupil_key: str) -> Query:
    """Places on the ladder, by subject."""
    columns = (
        "subject, mark, assessed_date, ladder_rung, ladder_step, reached_date, earlier_mark, earlier_date, movement"
    )
    return _of_pupil(columns, "mart_progress__pupil", "subject", school_urn, pupil_key)


def evidence(school_urn: str, pupil_key: str) -> Query:
    """Observations of engagement."""
    columns = "observed_date, engagement_area, engagement_direction"
    return _of_pupil(columns, "mart_progress__evidence", "observed_date, engagement_area", school_urn, pupil_key)


def due(school_urn: str, pupil_key: str) -> Query:
    """Steps of the law's clock that are due, the soonest first."""
    return _of_pupil(
        "step, owed_by, due_date, left_days, is_exception, data_rule", "mart_ehc_clock__due", "due_date nulls last",
        school_urn, pupil_key,
    )  # fmt: skip


def _of_pupil(columns: str, table: str, order: str, school_urn: str, pupil_key: str) -> Query:
    """One pupil's rows in one school; the texts are ours, what is data is a parameter."""
    return Query(
        f"select {columns} from {table} where school_urn = ? and pupil_key = ? order by {order}",  # noqa: S608
        (school_urn, pupil_key),
    )
