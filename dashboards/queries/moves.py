"""Moves before the end of a phase: released rates, and by name for staff."""

from __future__ import annotations

from dashboards.queries import Query

_FIGURES = (
    "school_urn, move_group, data_date, pupil_years_count, moves_count, moves_per_100_years, low_per_100_years, "
    "high_per_100_years, other_school_count, special_school_count, alternative_provision_count, home_education_count, "
    "elsewhere_count, not_known_count, hidden_columns"
)


def rates() -> Query:
    """Every row in the file: schools, the trust, three groups each."""
    return Query(
        f"select {_FIGURES} from mart_moves__school order by school_urn, "  # noqa: S608
        "array_position(['All pupils', 'SEN', 'No SEN'], move_group)"
    )


def by_name(school_urn: str | None = None) -> Query:
    """Moves of the last three years, the latest first: of one school, or of all."""
    asked = (
        "select school_urn, surname, forename, nc_year, sen_provision, leaving_date, move_type from mart_moves__pupil"
    )
    order = " order by leaving_date desc, surname, forename, pupil_key"
    return Query(asked + order) if school_urn is None else Query(f"{asked} where school_urn = ?{order}", (school_urn,))
