"""What is run, and whether it made a difference; which of it to show first."""

from __future__ import annotations

from dashboards.figures import Row, known
from dashboards.queries import Query

LOW_DOSE_RATE = 0.6
"""Below this share of sessions, a result tells about what was delivered, not about the programme (METHODS A11)."""

_TRUST_COLUMNS = (
    "intervention_name, data_date, assessment_name, exit_assessment_name, subject, outcome_domain, area_of_need, "
    "scale, outcome_unit, schools_count, started_count, exit_due_count, entry_count, both_scores_count, "
    "informing_count, comparison_count, design, reason, small_number_rule, difference_points, lower_points, "
    "upper_points, effect_size_sd, lower_sd, upper_sd, pooling, shrunken_points, shrunken_lower_points, "
    "shrunken_upper_points, inner_lower_points, inner_upper_points, percentile_growth, baseline_gap_sd, entry_mean, "
    "exit_mean, expected_exit_mean, norms_low_points, norms_high_points, schools_lower_points, "
    "schools_upper_points, superiority_rate, "
    "superiority_low_rate, superiority_high_rate, ratio_gain, months_count, months_low_count, months_high_count, "
    "grade, cap_reasons, verdict, attrition_rate, tipping_points, dose_rate, full_dose_rate, due_sessions_count, "
    "delivered_sessions_count, delivered_hours, costed_count, cost_to_date_pence, planned_cost_pence, hidden_columns"
)
_SCHOOL_COLUMNS = (
    "school_urn, intervention_name, area_of_need, started_count, is_running, dose_rate, delivered_hours, "
    "costed_count, cost_to_date_pence, planned_cost_pence, hidden_columns"
)


def interventions() -> Query:
    """The trust's estimate for each intervention, by name: never in order of effect."""
    return Query(f"select {_TRUST_COLUMNS} from mart_impact__intervention order by intervention_name")  # noqa: S608


def of_school(school_urn: str) -> Query:
    """What one school runs or ran, by name."""
    return Query(
        f"select {_SCHOOL_COLUMNS} from mart_impact__school where school_urn = ? order by intervention_name",  # noqa: S608
        (school_urn,),
    )


def schools_running(intervention_name: str) -> Query:
    """Each school's delivery of one intervention, the trust's own row left out."""
    return Query(
        f"select {_SCHOOL_COLUMNS} from mart_impact__school "  # noqa: S608
        "where intervention_name = ? and school_urn <> 'TRUST' order by school_urn",
        (intervention_name,),
    )


def domains() -> Query:
    """Each subject's average over its interventions, and where another one would be expected."""
    return Query(
        "select outcome_domain, interventions_count, pooling, mean_points, lower_points, upper_points, "
        "prediction_lower_points, prediction_upper_points, hidden_columns from mart_impact__domain "
        "order by outcome_domain"
    )


def schools_estimates(intervention_name: str) -> Query:
    """Each school's own result with one intervention, where it may be shown, or why it is not."""
    return Query(
        "select school_urn, both_scores_count, standing, difference_points, lower_points, upper_points, "
        "hidden_columns from mart_impact__school_estimate where intervention_name = ? order by school_urn",
        (intervention_name,),
    )


def years_of(intervention_name: str) -> Query:
    """What was run of one intervention in each academic year."""
    return Query(
        "select academic_year, schools_count, started_count, both_scores_count, dose_rate, delivered_hours, "
        "cost_to_date_pence, hidden_columns from mart_impact__year where intervention_name = ? order by academic_year",
        (intervention_name,),
    )


def best_evidenced(rows: list[Row], at_most: int = 3) -> list[Row]:
    """The interventions of strong or moderate evidence (A, B), whatever the direction: by grade, then by name."""
    sure = [row for row in rows if row["grade"] in ("A", "B") and row["verdict"] != "CANNOT_TELL"]
    return sorted(sure, key=lambda row: (row["grade"], row["intervention_name"]))[:at_most]


def to_question(rows: list[Row], at_most: int = 3) -> list[Row]:
    """The interventions to ask about: behind, little of it delivered, not to be told, level; the dearest first."""
    return sorted((row for row in rows if concern_of(row) is not None), key=_pressing)[:at_most]


IS_BEHIND, HAS_LITTLE_DOSE, IS_UNPROVEN, IS_LEVEL = range(4)


def concern_of(row: Row) -> int | None:
    """What makes an intervention one to question, the most pressing first; nothing where nothing does."""
    if row["verdict"] == "BEHIND":
        return IS_BEHIND
    if known(row, "dose_rate") and row["dose_rate"] < LOW_DOSE_RATE:
        return HAS_LITTLE_DOSE
    return {"CANNOT_TELL": IS_UNPROVEN, "NO_CLEAR_DIFFERENCE": IS_LEVEL}.get(row["verdict"])


def _pressing(row: Row) -> tuple[int, int, str]:
    """Order by concern, then by a cost that is shown, then by name; a hidden cost never decides."""
    concern = concern_of(row)
    cost = row["cost_to_date_pence"] if known(row, "cost_to_date_pence") else 0
    return (IS_LEVEL + 1 if concern is None else concern, -int(cost), row["intervention_name"])


_OWN = ("dose_rate", "delivered_hours", "costed_count", "cost_to_date_pence", "planned_cost_pence")


def beside_the_trust(school_rows: list[Row], trust_rows: list[Row]) -> list[Row]:
    """A school's running interventions: its own pupils, dose and cost, with the trust's difference and grade.

    The school's count stands as ``school_started_count``; ``hidden_columns`` names the cells hidden in the new row.
    """
    estimates = {row["intervention_name"]: row for row in trust_rows}
    return [
        _joined(row, estimates[row["intervention_name"]])
        for row in school_rows
        if row["is_running"] and row["intervention_name"] in estimates
    ]


def _joined(school: Row, trust: Row) -> Row:
    hidden = {"school_started_count" if n == "started_count" else n for n in school["hidden_columns"].split(",")}
    hidden |= set(trust["hidden_columns"].split(",")) - set(_OWN)
    own = {name: school[name] for name in _OWN}
    counted = {"school_started_count": school["started_count"]}
    return {**trust, **own, **counted, "hidden_columns": ",".join(sorted(hidden - {""}))}
