"""What was spent against its funding; for staff: hours of support staff, what-if, the ledger."""

from __future__ import annotations

from dashboards.queries import Query

_SPEND = (
    "school_urn, financial_year, data_date, pupils_floor_count, spend_pence, unrecorded_pence, top_up_pence, "
    "notional_pence, place_pence, plan_hour_pence, group_hour_pence, need_met_rate, hidden_columns"
)


def by_year(school_urn: str) -> Query:
    """One school, or the trust, by financial year, oldest first."""
    return Query(
        f"select {_SPEND} from mart_money__school where school_urn = ? order by financial_year",  # noqa: S608
        (school_urn,),
    )


def last_whole_year() -> Query:
    """Every school in the file in the newest financial year that is over."""
    return Query(
        f"select {_SPEND} from mart_money__school where financial_year = (select max(financial_year) "  # noqa: S608
        "from mart_money__school where make_date(financial_year::int + 1, 8, 31) <= data_date) order by school_urn"
    )


def what_if(group_size_change: int, hours_change_rate: float) -> Query:
    """One scenario, by intervention."""
    return Query(
        "select intervention_name, groups_count, kept_groups_count, has_three_staff, change_low_hours, "
        "change_high_hours, cost_change_low_pence, cost_change_high_pence from mart_money__what_if "
        "where group_size_change = ? and round(hours_change_rate * 100) = ? order by intervention_name",
        (group_size_change, round(hours_change_rate * 100)),
    )


def deployment() -> Query:
    """Hours by school, year and grade, of the newest year first."""
    return Query(
        "select school_urn, financial_year, staff_grade, has_three_staff, weekly_contracted_hours, "
        "weekly_vacant_hours, weekly_planned_hours, due_hours, given_hours, need_met_rate from mart_money__deployment "
        "order by financial_year desc, school_urn, staff_grade"
    )


def reconciliation() -> Query:
    """The ledger against what is counted, newest year first, the trust before its schools."""
    return Query(
        "select school_urn, financial_year, cost_kind, ledger_pence, counted_pence, difference_pence, difference_rate, "
        "is_within_limit, set_aside_pence, duplicate_pence, unknown_school_pence, later_pence, other_year_pence, "
        "unexplained_pence, unreadable_rows_count from mart_money__reconciliation "
        "order by financial_year desc, school_urn = 'TRUST' desc, school_urn, cost_kind"
    )


def findings() -> Query:
    """Lines of the money workbook to look at."""
    return Query(
        "select school_urn, financial_year, rule, file_name, sheet, row_number, amount_pence, expected_pence "
        "from mart_money__findings order by rule, file_name, sheet, row_number"
    )
