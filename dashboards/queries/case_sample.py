"""Everything on record of one pupil with SEN, for an inspection's case sample. Staff app only."""

from __future__ import annotations

from dashboards.queries import Query


def pupils(school_urn: str) -> Query:
    """A school's pupils with SEN, by name."""
    return Query(
        "select pupil_key, surname, forename, nc_year, sen_provision, sen_type from mart_pupils__register "
        "where school_urn = ? order by surname, forename, pupil_key",
        (school_urn,),
    )


def cycles(school_urn: str, pupil_key: str) -> Query:
    """Plan and review cycles, the latest first."""
    return Query(
        "select cycle_number, area_of_need, assessed_date, planned_date, started_date, review_due_date, reviewed_date, "
        "cycle_outcome, cycle_next_step, stage, closed_reason, stage_due_date, is_pupil_view_recorded, "
        "is_parent_view_recorded from mart_apdr__cycle "
        "where school_urn = ? and pupil_key = ? order by cycle_number desc",
        (school_urn, pupil_key),
    )


def interventions(school_urn: str, pupil_key: str) -> Query:
    """Interventions that the pupil started, the latest first."""
    return Query(
        "select intervention_name, academic_year, assessment_name, subject, entry_score, exit_score, reliable_change, "
        "delivered_sessions_count, attended_sessions_count, is_pupil_positive, is_parent_positive "
        "from mart_impact__pupil where school_urn = ? and pupil_key = ? "
        "order by academic_year desc, intervention_name",
        (school_urn, pupil_key),
    )


def outcomes(school_urn: str, pupil_key: str) -> Query:
    """Current outcomes of the plan."""
    return Query(
        "select outcome_number, area_of_need, due_date, standing, evidence_date, milestones_count, "
        "met_milestones_count, next_step from mart_ehc_outcomes__plan "
        "where school_urn = ? and pupil_key = ? and is_current order by plan_key, outcome_number",
        (school_urn, pupil_key),
    )


def promised(school_urn: str, pupil_key: str) -> Query:
    """Lines of section F, this year."""
    return Query(
        "select line_number, provision_type, due_sessions_count, delivered_sessions_count, delivery_state "
        "from mart_ehc_delivery__line where school_urn = ? and pupil_key = ? order by plan_key, line_number",
        (school_urn, pupil_key),
    )


def reviews(school_urn: str, pupil_key: str) -> Query:
    """Annual reviews of the last twelve months."""
    return Query(
        "select due_date, meeting_date, is_held, report_sent_date, decision_date from mart_ehc_clock__review "
        "where school_urn = ? and pupil_key = ? order by due_date desc",
        (school_urn, pupil_key),
    )


def agencies(school_urn: str, pupil_key: str) -> Query:
    """Referrals that are open or ended lately."""
    return Query(
        "select agency, service, referral_date, seen_date, report_date, provision_start_date, referral_stage "
        "from mart_referrals__open where school_urn = ? and pupil_key = ? order by referral_date desc",
        (school_urn, pupil_key),
    )
