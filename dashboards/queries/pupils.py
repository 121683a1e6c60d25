"""Who is on roll, and the SENCO's register."""

from __future__ import annotations

from dashboards.queries import Query


def on_roll() -> Query:
    """One row per school in the file, and the trust."""
    return Query(
        "select school_urn, data_date, pupils_count, sen_support_count, ehc_plan_count, no_sen_count, "
        "sen_support_rate, ehc_plan_rate, hidden_columns from mart_pupils__school order by school_urn"
    )


def register(school_urn: str) -> Query:
    """A school's pupils with SEN, by name. Staff app only."""
    return Query(
        "select pupil_key, surname, forename, nc_year, sen_provision, sen_type from mart_pupils__register "
        "where school_urn = ? order by surname, forename, pupil_key",
        (school_urn,),
    )
