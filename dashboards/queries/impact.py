"""What is run, and whether it made a difference; which of it to show first."""

from __future__ import annotations

from dashboards.figures import Row, known
from dashboards.queries import Query

LOW_DOSE_RATE = 0.6
"""Below this share of sessions, a result tells about what was delivered, not about the programme (METHODS A11)."""

_TRUST_COLUMNS = (
    "intervention_name, data_date, assessment_name, subject, area_of_need, scale, schools_count, started_count, "
    "both_scores_count, comparison_count, design, reason, small_number_rule, difference_points, lower_points, "
    "upper_points, effect_size_sd, lower_sd, upper_sd, percentile_growth, baseline_gap_sd, grade, verdict, "
    "attrition_rate, dose_rate, full_dose_rate, delivered_hours, costed_count, cost_to_date_pence, planned_cost_pence, "
    "hidden_columns"
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


def best_evidenced(rows: list[Row], at_most: int = 3) -> list[Row]:
    """The interventions of strong or moderate evidence (A, B), whatever the direction: by grade, then by name."""
    sure = [row for row in rows if row["grade"] in ("A", "B") and row["verdict"] != "CANNOT_TELL"]
    return sorted(sure, key=lambda row: (row["grade"], row["intervention_name"]))[:at_most]


def to_question(rows: list[Row], at_most: int = 3) -> list[Row]:
    """The interventions to ask about: behind, then little of it delivered, then the dearest of which we cannot tell."""
    return sorted((row for row in rows if _concern(row) is not None), key=_pressing)[:at_most]


def _concern(row: Row) -> int | None:
    if row["verdict"] == "BEHIND":
        return 0
    if known(row, "dose_rate") and row["dose_rate"] < LOW_DOSE_RATE:
        return 1
    return 2 if row["verdict"] == "CANNOT_TELL" else None


def _pressing(row: Row) -> tuple[int, int, str]:
    """Order by concern, then by a cost that is shown, then by name; a hidden cost never decides."""
    concern = _concern(row)
    cost = row["cost_to_date_pence"] if known(row, "cost_to_date_pence") else 0
    return (3 if concern is None else concern, -int(cost), row["intervention_name"])


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
