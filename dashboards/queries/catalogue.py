"""The trust's catalogue: what is in it, which names of schools it does not know, how the protocol is kept."""

from __future__ import annotations

from dashboards.queries import Query

_COMPLIANCE = (
    "school_urn, academic_year, pupils_count, starts_count, linked_starts_count, baseline_starts_count, baseline_rate, "
    "exit_due_starts_count, exit_starts_count, exit_rate, both_starts_count, both_rate, dose_recorded_starts_count, "
    "dose_recorded_rate, full_dose_starts_count, full_dose_starts_rate, review_due_starts_count, "
    "reviewed_starts_count, reviewed_rate, left_out_count, hidden_columns"
)
_TIMELINESS = (
    "school_urn, concern_count, begun_count, not_begun_count, soon_count, later_count, late_count, mean_wait_days, "
    "told_count, slow_count, slow_rate, low_score_count, unserved_count, unserved_rate, hidden_columns"
)


def catalogue() -> Query:
    """The trust's interventions by name, run or not."""
    return Query(
        "select intervention_name, area_of_need, wave_number, outcome_domain, evidence_strand "
        "from mart_interventions__catalogue order by intervention_name"
    )


def names_to_settle() -> Query:
    """Names that the catalogue does not know, most pupils first. Staff app only: free text of schools."""
    return Query(
        "select school_urn, alias, given_name, groups_count, pupils_count, start_date, nearest_name, second_name, "
        "third_name from mart_interventions__queue order by pupils_count desc, alias, school_urn"
    )


def compliance() -> Query:
    """How far the protocol was kept, by school (and the trust) and year."""
    return Query(f"select {_COMPLIANCE} from mart_interventions__compliance order by academic_year, school_urn")  # noqa: S608


def timeliness() -> Query:
    """From concern to support, and who has none, by school, and the trust."""
    return Query(f"select {_TIMELINESS} from mart_interventions__timeliness order by school_urn")  # noqa: S608


def unserved(school_urn: str) -> Query:
    """A school's pupils with a low latest score and no running intervention, by name. Staff app only."""
    return Query(
        "select surname, forename, nc_year, sen_provision, subject, assessment_name, score, assessed_date "
        "from mart_interventions__unserved where school_urn = ? order by surname, forename, pupil_key, subject",
        (school_urn,),
    )
