"""Groups that need a SENCO's eye, and how far schools keep the trust's protocol. Rows of pupils: staff app."""

from __future__ import annotations

from dashboards.queries import Query


def end_tests(school_urn: str) -> Query:
    """Pupils whose group has ended and who have no end test: those that can still be sat first, soonest first."""
    return Query(
        "select pupil_key, surname, forename, nc_year, intervention_name, assessment_name, subject, end_date, "
        "exit_to_date, exit_standing from mart_interventions__exit where school_urn = ? "
        "order by exit_standing, exit_to_date, intervention_name, surname, forename, pupil_key",
        (school_urn,),
    )


def unrecorded(school_urn: str) -> Query:
    """Groups whose sessions are not on record, the longest silent first; then those of which no map keeps sessions."""
    return Query(
        "select group_reference, intervention_name, start_date, end_date, pupils_count, due_sessions_count, "
        "delivered_sessions_count, last_recorded_date, recording from mart_interventions__group "
        "where school_urn = ? and recording <> 'RECORDED' "
        "order by recording desc, coalesce(last_recorded_date, start_date), intervention_name, intervention_key",
        (school_urn,),
    )


def unserved(school_urn: str) -> Query:
    """Pupils with a low latest score who are in no intervention, those without SEN support last, lowest first."""
    return Query(
        "select pupil_key, surname, forename, nc_year, sen_provision, subject, assessment_name, score, assessed_date "
        "from mart_interventions__unserved where school_urn = ? "
        "order by sen_provision = 'N', score, surname, forename, pupil_key, subject",
        (school_urn,),
    )


def changes(school_urn: str) -> Query:
    """Pupils with two scores of a test whose error is known, of the last two years, the latest year first."""
    return Query(
        "select pupil_key, surname, forename, intervention_name, academic_year, assessment_name, subject, entry_score, "
        "exit_score, reliable_change, delivered_sessions_count, attended_sessions_count from mart_impact__pupil "
        "where school_urn = ? and reliable_change is not null "
        "and academic_year >= (select max(academic_year) from mart_impact__pupil) - 1 "
        "order by intervention_name, academic_year desc, surname, forename, pupil_key",
        (school_urn,),
    )


def compliance() -> Query:
    """How far each school keeps the protocol, by the year of the start, the newest first."""
    return Query(
        "select school_urn, academic_year, starts_count, baseline_rate, exit_due_starts_count, exit_rate, "
        "dose_recorded_rate, full_dose_starts_rate, reviewed_rate, hidden_columns from mart_interventions__compliance "
        "order by academic_year desc, school_urn"
    )


def timeliness() -> Query:
    """From concern to support, and pupils with low scores and no support, by school."""
    return Query(
        "select school_urn, concern_count, begun_count, mean_wait_days, told_count, slow_count, slow_rate, "
        "low_score_count, unserved_count, unserved_rate, hidden_columns from mart_interventions__timeliness "
        "order by school_urn"
    )
