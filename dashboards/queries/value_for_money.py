"""What plans cost, what funding comes with them, what was met."""

from __future__ import annotations

from dashboards.queries import Query

_COLUMNS = (
    "school_urn, academic_year, data_date, plans_count, uncosted_plans_count, gap_plans_count, full_cost_pence, "
    "cost_to_date_pence, funding_pence, gap_pence, outcomes_due_count, outcomes_met_count, outcomes_not_met_count, "
    "outcomes_no_evidence_count, cost_per_outcome_low_pence, cost_per_outcome_high_pence, delivered_rate, "
    "recorded_rate, reason, hidden_columns"
)


def by_year(school_urn: str) -> Query:
    """One school, or the trust, by academic year, oldest first."""
    return Query(
        f"select {_COLUMNS} from mart_value_for_money__school where school_urn = ? order by academic_year",  # noqa: S608
        (school_urn,),
    )


def newest_year() -> Query:
    """Every school in the file in the newest year."""
    return Query(
        f"select {_COLUMNS} from mart_value_for_money__school "  # noqa: S608
        "where academic_year = (select max(academic_year) from mart_value_for_money__school) order by school_urn"
    )
