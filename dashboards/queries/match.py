"""Register, census and Insight side by side: released figures; for staff, conflicts and what a census needs."""

from __future__ import annotations

from dashboards.queries import Query

_WHO = "pupil_key, surname, forename, nc_year"
_BY_NAME = "surname, forename, pupil_key, match_field"
_SAID = "register_said, census_said, insight_said, tracker_said"


def by_school() -> Query:
    """One row per school in the file, and the trust."""
    return Query(
        "select school_urn, data_date, latest_census_date, next_census_date, conflicts_count, conflicts_age, "
        "opened_count, closed_count, no_provision_count, unregistered_count, hidden_columns from mart_match__school "
        "order by school_urn"
    )


def open_conflicts(school_urn: str) -> Query:
    """A school's open conflicts, the longest open first."""
    return Query(
        f"select {_WHO}, match_field, opened_date, open_days, owner, {_SAID} from mart_match__conflict "  # noqa: S608
        f"where school_urn = ? and closed_date is null order by opened_date, {_BY_NAME}",
        (school_urn,),
    )


def closed_conflicts(school_urn: str) -> Query:
    """A school's conflicts that ended in the last twelve months, the newest first."""
    return Query(
        f"select {_WHO}, match_field, opened_date, closed_date, closed_how from mart_match__conflict "  # noqa: S608
        f"where school_urn = ? and closed_date is not null order by closed_date desc, {_BY_NAME}",
        (school_urn,),
    )


def worklist(school_urn: str) -> Query:
    """What must be right in a school before the next census that collects it, the nearest first."""
    return Query(
        f"select {_WHO}, worklist_rule, owner, census_term, census_date, left_days from mart_match__worklist "  # noqa: S608
        "where school_urn = ? order by census_date, owner, worklist_rule, surname, forename, pupil_key",
        (school_urn,),
    )


def open_by_school() -> Query:
    """Open conflicts of every school in the file: of the last seven days, and those open for more than ten days."""
    return Query(
        "select school_urn, count(*) filter (open_days <= 7) as new_count, "
        "count(*) filter (open_days > 10) as old_count from mart_match__conflict where closed_date is null "
        "group by school_urn order by school_urn"
    )


def old_by_field() -> Query:
    """Open conflicts of every school in the file by what differs: all, and those open for more than ten days."""
    return Query(
        "select match_field, owner, count(*) as open_count, count(*) filter (open_days > 10) as old_count "
        "from mart_match__conflict where closed_date is null group by match_field, owner order by match_field, owner"
    )
