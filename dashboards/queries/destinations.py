"""Where leavers went."""

from __future__ import annotations

from dashboards.queries import Query

_COLUMNS = (
    "school_urn, leaver_stage, sen_group, data_date, first_academic_year, last_academic_year, leavers_count, "
    "sustained_count, not_sustained_count, unknown_count, sustained_low_rate, sustained_high_rate, wilson_low_rate, "
    "wilson_high_rate, september_count, september_rate, intended_count, no_answer_count, lapsed_count, "
    "not_listed_count, never_contacted_count, later_leavers_count, later_positive_count, later_negative_count, "
    "later_unknown_count, later_low_rate, later_high_rate, trend, small_number_rule, is_band_first, hidden_columns"
)
_IN_ORDER = (
    "order by array_position(['Year 6', 'Year 11', 'Sixth form', 'Special school leaver'], leaver_stage), "
    "array_position(['All leavers', 'EHC plan', 'SEN support', 'SEN', 'No SEN'], sen_group)"
)


_CALLS = (
    "select school_urn, surname, forename, academic_year, leaver_stage, leaving_date, call_point, point_state, "
    "is_contradicted, intended_label, last_label, last_contact_date, contact_age_days, call_due_date, overdue_days, "
    "call_whom from mart_destinations__call"
)


def of_schools() -> Query:
    """All leavers together of every school in the file, by stage."""
    return Query(
        f"select {_COLUMNS} from mart_destinations__school where sen_group = 'All leavers' {_IN_ORDER}"  # noqa: S608
    )


def compared(school_urn: str) -> Query:
    """One school, or the trust, beside the published series and by SEN."""
    return Query(
        "select school_urn, leaver_stage, sen_group, comparison, verdict, own_rate, other_rate, difference_rate, "  # noqa: S608
        "difference_low_rate, difference_high_rate, series_code, series_period from mart_destinations__compared "
        f"where school_urn = ? {_IN_ORDER}, comparison",
        (school_urn,),
    )


def routes() -> Query:
    """The trust's traced leavers by stage, outcome and route."""
    return Query(
        "select leaver_stage, sustained_outcome, route, route_leavers_count, hidden_columns "
        "from mart_destinations__route order by leaver_stage, sustained_outcome desc, route"
    )


def calls(school_urn: str | None = None) -> Query:
    """Calls to come, the longest due first: of one school's leavers, or of all."""
    order = " order by call_due_date, surname, forename, pupil_key"
    return (
        Query(_CALLS + order) if school_urn is None else Query(f"{_CALLS} where school_urn = ?{order}", (school_urn,))
    )


def background() -> Query:
    """Leavers with SEN whose two terms have passed: what they had, where they went."""
    return Query(
        "select school_urn, surname, forename, academic_year, leaver_stage, leaving_date, sen_type, has_ehc_plan, "
        "sustained_outcome, destination_category, outcomes_due_count, outcomes_met_count, interventions_count, "
        "ahead_count, behind_count from mart_destinations__background order by leaving_date desc, surname, forename, "
        "pupil_key"
    )


def of_school(school_urn: str) -> Query:
    """One school, or the trust, by stage and group."""
    return Query(
        f"select {_COLUMNS} from mart_destinations__school where school_urn = ? {_IN_ORDER}",  # noqa: S608
        (school_urn,),
    )
