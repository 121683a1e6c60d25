"""Referrals to outside agencies: waits by service and school, what agencies were paid, the SENCO's list (staff app)."""

from __future__ import annotations

from dashboards.queries import Query

_WAITS = (
    "data_date, waited_count, open_pupils_count, concern_median_weeks, seen_median_weeks, seen_lower_weeks, "
    "seen_upper_weeks, report_median_weeks, provision_median_weeks, whole_median_weeks, latest_seen_median_weeks, "
    "before_seen_median_weeks, seen_standing, hidden_columns"
)
_STEPS = (
    "pupil_key, surname, forename, nc_year, agency, service, concern_date, referral_date, referral_decision, "
    "seen_date, report_date, provision_start_date, closed_date, referral_closed_reason, referral_stage, step_owner, "
    "stage_days, chase_days, open_days, is_declined, date_fault"
)


def by_service() -> Query:
    """Every service over the whole trust, by name."""
    return Query(
        "select service_label, agency, service, sen_type, price_unit, lowest_unit_price_pence, "  # noqa: S608
        f"highest_unit_price_pence, has_trust_contract, agency_spend_pence, {_WAITS} from mart_referrals__service "
        "order by agency, service"
    )


def by_school() -> Query:
    """One row per school in the file, and the trust: all services together."""
    return Query(
        f"select school_urn, {_WAITS}, agency_step_count, school_step_count, declined_pupils_count, "  # noqa: S608
        "agency_spend_pence from mart_referrals__school order by school_urn"
    )


def of_pupils(school_urn: str) -> Query:
    """A school's list: the furthest beyond its limit first, then the longest open, then by name."""
    return Query(
        f"select {_STEPS} from mart_referrals__open where school_urn = ? "  # noqa: S608
        "order by chase_days desc nulls last, open_days desc nulls last, surname, forename, pupil_key, service",
        (school_urn,),
    )
