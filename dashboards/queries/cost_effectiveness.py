"""What interventions cost for what they change: options, pairs of one measure, curves; which of them to tell first."""

from __future__ import annotations

from dashboards.figures import Row, known
from dashboards.queries import Query

LIKELY_RATE = 0.8
"""Chance from which one of two is told as likely the better value; below 1 less this, the other."""

_PAIR_COLUMNS = (
    "intervention_name, other_intervention_name, assessment_name, subject, outcome_unit, smaller_count, pair_reason, "
    "more_points, more_lower_points, more_upper_points, dearer_pence, dearer_lower_pence, dearer_upper_pence, "
    "shared_correlation, more_and_cheaper_rate, more_and_dearer_rate, less_and_cheaper_rate, less_and_dearer_rate, "
    "better_value_rate, ratio_reason, ratio_pence, ratio_lower_pence, ratio_upper_pence, hidden_columns"
)


def options() -> Query:
    """Every intervention, by name: cost, targets, proposal."""
    return Query(
        "select intervention_name, assessment_name, subject, outcome_unit, standing, costed_count, "
        "cost_to_date_pence, cost_per_pupil_pence, cost_rating, targets_scope_count, targets_cost_pence, "
        "targets_set_count, targets_scored_count, targets_met_count, targets_not_scored_count, "
        "cost_per_target_low_pence, cost_per_target_high_pence, targets_reason, proposal, proposal_rule, "
        "hidden_columns from mart_cost_effectiveness__option order by intervention_name"
    )


def pairs() -> Query:
    """Every two options of one measure, in order of name within the measure."""
    return Query(
        f"select {_PAIR_COLUMNS} from mart_cost_effectiveness__pair "  # noqa: S608
        "order by assessment_name, subject, intervention_name, other_intervention_name"
    )


def curve(first: str, second: str) -> Query:
    """The chance that the first of a pair is better value, at each price of a point."""
    return Query(
        "select paid_per_point_pence, better_value_rate, normal_better_value_rate, hidden_columns "
        "from mart_cost_effectiveness__curve where intervention_name = ? and other_intervention_name = ? "
        "order by paid_per_point_pence",
        (first, second),
    )


def pair_name(row: Row) -> str:
    """What a pair is called, in questions and in lists."""
    return f"{row['intervention_name']} or {row['other_intervention_name']}"


def measure_of(row: Row) -> tuple[str, str]:
    """What an option or a pair is measured by: options of one measure can be set side by side."""
    return row["assessment_name"], row["subject"]


def measures(rows: list[Row]) -> list[tuple[str, str]]:
    """The measures of these pairs, in order of name."""
    return sorted({measure_of(row) for row in rows})


def likely_better(row: Row) -> str | None:
    """Which of two is likely the better value at 100 pounds for one point; ``None`` where neither is."""
    if not known(row, "better_value_rate"):
        return None
    if row["better_value_rate"] >= LIKELY_RATE:
        return str(row["intervention_name"])
    return str(row["other_intervention_name"]) if 1 - row["better_value_rate"] >= LIKELY_RATE else None
