"""Who is identified: each school beside its like, groups, and what is published elsewhere."""

from __future__ import annotations

from dashboards.queries import Query

_COMPARED = ", ".join(
    f"{stem}_{name}"
    for stem in ("support", "plan")
    for name in ("reference", "expected", "low_95", "high_95", "low_998", "high_998", "ratio", "ratio_low",
                 "ratio_high", "adjusted_rate")
)  # fmt: skip


def by_school() -> Query:
    """One row per school in the file, and the trust."""
    return Query(
        f"select school_urn, data_date, pupils_count, sen_support_count, ehc_plan_count, {_COMPARED}, support_verdict, "  # noqa: S608
        "year_before_support_rate, year_before_plan_rate, unlisted_count, hidden_columns "
        "from mart_identification__school order by school_urn"
    )


def groups(school_urn: str) -> Query:
    """The groups of one school, or of the trust's mainstream schools together."""
    return Query(
        "select school_urn, pupil_group, pupils_count, fewer_mean, fewer_low, fewer_high, usual_mean, "
        "is_beyond_chance, hidden_columns from mart_identification__group where school_urn = ? order by pupil_group",
        (school_urn,),
    )


def funnel() -> Query:
    """The limits by number expected."""
    return Query(
        "select expected_number, ratio_low_95, ratio_high_95, ratio_low_998, ratio_high_998, compared_schools_count, "
        "false_alarms_mean, phi, is_wider_than_chance from mart_identification__funnel order by expected_number"
    )


def census_share(phase: str) -> Query:
    """Published shares of pupils in schools of a phase, newest first."""
    return Query(
        "select area, area_kind, sen_provision, census_year, census_share_rate, publication, released, method_version "
        "from mart_identification__census_share where phase = ? order by census_year desc, "
        "array_position(['ENGLAND', 'AUTHORITY', 'NEIGHBOUR'], area_kind), area",
        (phase,),
    )


def caseload() -> Query:
    """Plans that authorities maintain, newest first. No share, and never beside one."""
    return Query(
        "select area, area_kind, caseload_year, maintained_plans_count, publication, released, method_version "
        "from mart_identification__caseload where area_kind in ('ENGLAND', 'AUTHORITY') "
        "order by caseload_year desc, area_kind desc"
    )


def unlisted(school_urn: str) -> Query:
    """Pupils on no register who are worth a look, by name. Staff app only."""
    return Query(
        "select surname, forename, nc_year, why_look, absence_rate from mart_identification__unlisted "
        "where school_urn = ? order by surname, forename, pupil_key",
        (school_urn,),
    )
