"""The strategy's actions, and how they stand by priority."""

from __future__ import annotations

from dashboards.queries import Query


def priorities() -> Query:
    """Each priority in the plan's order, the whole plan (0) first."""
    return Query(
        "select priority_number, priority_name, actions_count, done_count, evidenced_count, on_course_count, "
        "undated_count, late_count, blocked_count, stale_count, not_reported_count, stopped_count, data_date "
        "from mart_strategy__priority order by priority_number"
    )


def actions() -> Query:
    """Every action of the plan, in its order."""
    return Query(
        "select action_id, priority_number, priority_name, strand, plan_year, action, action_status, lead_role, "
        "due_date, noted_date, blocked_by, evidence_kind, evidence_date, standing, overdue_days "
        "from mart_strategy__action order by action_id"
    )
