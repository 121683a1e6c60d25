"""Section F promised and delivered: released figures, and the lines of plans with names."""

from __future__ import annotations

from dashboards.queries import Query

_COLUMNS = (
    "school_urn, academic_year, data_date, plans_count, behind_plans_count, delivered_rate, support_delivered_rate, "
    "specialist_delivered_rate, promised_hours, due_hours, delivered_hours, shortfall_hours, behind_since_year, "
    "specialist_behind_since_year, hidden_columns"
)


def by_year(school_urn: str) -> Query:
    """One school, or the trust, by academic year, oldest first."""
    return Query(
        f"select {_COLUMNS} from mart_ehc_delivery__school where school_urn = ? order by academic_year",  # noqa: S608
        (school_urn,),
    )


def newest_year() -> Query:
    """Every school in the file, and the trust, in the newest year."""
    return Query(
        f"select {_COLUMNS} from mart_ehc_delivery__school "  # noqa: S608
        "where academic_year = (select max(academic_year) from mart_ehc_delivery__school) order by school_urn"
    )


def by_type() -> Query:
    """The trust by kind of provision, specialists first, in the order of the codes."""
    return Query(
        "select provision_group, is_specialist, academic_year, type_plans_count, behind_plans_count, delivered_rate, "
        "due_hours, delivered_hours, shortfall_hours, behind_since_year, recorded_since_year, hidden_columns "
        "from mart_ehc_delivery__type order by is_specialist desc, provision_group"
    )


def by_school_and_type() -> Query:
    """Each school's active plans by kind of provision this year: sums of their lines. Rows of pupils: staff app."""
    return Query(
        "select school_urn, provision_group, is_specialist, count(distinct plan_key) as lines_plans_count, "
        "count(*) filter (where delivery_state = 'BEHIND') as behind_lines_count, count(*) as lines_count, "
        "sum(due_sessions_count) filter (where delivered_sessions_count is not null) as due_sessions_count, "
        "sum(delivered_sessions_count) as delivered_sessions_count, "
        "sum(shortfall_hours) as shortfall_hours, min(behind_since_year) as behind_since_year "
        "from mart_ehc_delivery__line group by school_urn, provision_group, is_specialist "
        "order by school_urn, is_specialist desc, provision_group"
    )


def lines(school_urn: str, *states: str) -> Query:
    """A school's lines in one of the states, the most sessions behind first."""
    marks = ", ".join("?" for _ in states)
    return Query(
        "select plan_key, pupil_key, surname, forename, nc_year, line_number, provision_type, provision_group, "  # noqa: S608
        "is_specialist, hours_per_week, planned_sessions_count, due_sessions_count, delivered_sessions_count, "
        "shortfall_sessions_count, shortfall_hours, delivery_state, behind_since_year from mart_ehc_delivery__line "
        f"where school_urn = ? and delivery_state in ({marks}) "
        "order by is_specialist desc, shortfall_sessions_count desc nulls last, surname, forename, plan_key, "
        "line_number",
        (school_urn, *states),
    )


def furthest_behind(limit: int) -> Query:
    """The lines of every school in the file that lack most of what is due, by share missing, then by sessions."""
    return Query(
        "select school_urn, surname, forename, line_number, provision_type, due_sessions_count, "
        "delivered_sessions_count, shortfall_sessions_count, behind_since_year from mart_ehc_delivery__line "
        "where delivery_state = 'BEHIND' order by delivered_sessions_count / due_sessions_count, "
        "shortfall_sessions_count desc, surname, forename, plan_key, line_number limit ?",
        (limit,),
    )
