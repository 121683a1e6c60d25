"""The trust's catalogue: what is in it, names of schools that it does not know, and what is asked of how it is run."""

from __future__ import annotations

from dashboards.queries import Query


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


def tested(school_urn: str) -> Query:
    """By year, of the starts whose end test was due, those with both scores; of one school, or the trust."""
    return Query(
        "select school_urn, academic_year, exit_due_starts_count, both_starts_count, both_rate, hidden_columns "
        "from mart_interventions__compliance where school_urn = ? order by academic_year",
        (school_urn,),
    )


def waits(school_urn: str) -> Query:
    """From concern to support, and who has none; of one school, or the trust."""
    return Query(
        "select school_urn, told_count, slow_count, mean_wait_days, low_score_count, unserved_count, hidden_columns "
        "from mart_interventions__timeliness where school_urn = ?",
        (school_urn,),
    )
