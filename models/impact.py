"""Did it make a difference: from pupils with scores to one honest estimate an intervention, and what a school runs.

Who took part and who could be compared is ``models/sql/model_impact__pupils.sql``; how they are compared is
``models/comparison.py``; what may be said of a number of pupils is ``models/evidence.py``. A gain without a comparison
never becomes a figure here: no comparison, no number (METHODS A).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from expectations.contract import Table
from expectations.derive import conform, empty_frame
from expectations.tables.impact import MODEL_IMPACT__ESTIMATES, MODEL_IMPACT__SCHOOL_DELIVERY
from models.comparison import Found, allow, compare, with_both_scores
from models.evidence import (
    Allowance,
    Cap,
    Design,
    Evidence,
    GradedEvidence,
    Measure,
    Verdict,
    decide_verdict,
    grade_evidence,
    percentile_growth,
)
from models.interventions import sum_doses
from models.scores import Reason

NO_TEST = "NO_TEST"
"""No test is linked to the intervention."""
NO_SCORES = "NO_SCORES"
"""The linked test is not a standardised one that this trust records scores of."""
NOT_FINISHED = "NOT_FINISHED"
"""Nobody's score after the end is due yet."""
PART_COMPARED = "PART_COMPARED"
"""Only some of those with both scores are in schools that also have comparison pupils: the estimate is of them."""

Figures = dict[str, Any]
_HIDDEN_BY_DEFAULT = (
    "difference_points", "lower_points", "upper_points", "effect_size_sd", "lower_sd", "upper_sd",
    "percentile_growth", "baseline_gap_sd",
)  # fmt: skip


def estimate_interventions(
    model_impact__pupils: pl.DataFrame,
    model_interventions__group_dose: pl.DataFrame,
    model_interventions__starters: pl.DataFrame,
    core_interventions: pl.DataFrame,
) -> pl.DataFrame:
    """MODEL_IMPACT__ESTIMATES: one row for every intervention that has a group, with or without a test.

    Where groups of one intervention are linked to different tests, the test with most pupils who have both scores
    speaks; the others are counted as started only. The order of rows and a row given twice change nothing.
    """
    groups = model_interventions__group_dose.unique("intervention_key")
    people = model_impact__pupils.unique(list(_KEY)).sort(_KEY)
    starters = model_interventions__starters.unique(["intervention_key", "pupil_key"])
    by_name = {str(name): part for (name,), part in people.group_by("intervention_name", maintain_order=True)}
    linked = core_interventions.filter(pl.col("assessment_name").is_not_null() & pl.col("subject").is_not_null())
    rows = [
        _estimate_one(name, by_name.get(name), linked, doses) | doses
        for name, doses in sum_doses(groups, starters, ["intervention_name"]).items()
    ]
    return _frame(rows, MODEL_IMPACT__ESTIMATES)


_KEY = ("intervention_name", "assessment_name", "subject", "is_treated", "pupil_key")


def _estimate_one(name: str, people: pl.DataFrame | None, linked: pl.DataFrame, doses: Figures) -> Figures:
    """The figures of one intervention but for dose and cost."""
    if people is None or not people["is_treated"].any():
        return _without_scores(name, linked)
    test = _choose_test(people)
    people = people.filter(assessment_name=test[0], subject=test[1])
    treated = people.filter("is_treated")
    due = treated.filter("is_exit_due")
    ours, theirs = (with_both_scores(part) for part in (due, people.filter(~pl.col("is_treated"))))
    found = Found(Design.NONE, NOT_FINISHED, ours) if due.is_empty() else compare(ours, theirs)
    allowance = allow(found.pupils)
    attrition = _share_missing(due)
    graded = _grade(found, attrition, attrition - _share_missing(people.filter(~pl.col("is_treated"))), doses)
    return {
        "intervention_name": name,
        "assessment_name": test[0],
        "subject": test[1],
        "scale": "STANDARDISED",
        "exit_due_count": due.height,
        "both_scores_count": ours.height,
        "comparison_count": theirs.height if found.compared_count is None else found.compared_count,
        "design": found.design.value,
        "reason": _say_reason(found, graded, ours.height),
        "small_number_rule": allowance.value,
        **_allowed_figures(found, allowance),
        "grade": graded.grade.value,
        "verdict": _verdict(found, graded).value,
        "attrition_rate": attrition if due.height else None,
    }


def _without_scores(name: str, linked: pl.DataFrame) -> Figures:
    """An intervention without a standardised test: what ran and what it cost, and why no more can be said."""
    tests = linked.filter(intervention_name=name).group_by("assessment_name", "subject").len()
    test = tests.sort(["len", "assessment_name", "subject"], descending=[True, False, False]).head(1)
    is_linked = not test.is_empty()
    return {
        "intervention_name": name,
        "assessment_name": test["assessment_name"][0] if is_linked else None,
        "subject": test["subject"][0] if is_linked else None,
        "scale": None,
        "exit_due_count": 0,
        "both_scores_count": 0,
        "comparison_count": 0,
        "design": Design.NONE.value,
        "reason": NO_SCORES if is_linked else NO_TEST,
        "small_number_rule": Allowance.TOO_FEW.value,
        **dict.fromkeys(_HIDDEN_BY_DEFAULT),
        "grade": "D",
        "verdict": "CANNOT_TELL",
        "attrition_rate": None,
    }


def _choose_test(people: pl.DataFrame) -> tuple[str, str]:
    has_both = pl.col("is_treated") & pl.col("baseline_score").is_not_null() & pl.col("exit_score").is_not_null()
    tests = people.group_by("assessment_name", "subject").agg(has_both.sum().alias("pupils"))
    best = tests.sort(["pupils", "assessment_name", "subject"], descending=[True, False, False])
    return best["assessment_name"][0], best["subject"][0]


def _share_missing(people: pl.DataFrame) -> float:
    return 1 - with_both_scores(people).height / people.height if people.height else 0.0


def _grade(found: Found, attrition: float, differential: float, doses: Figures) -> GradedEvidence:
    has_comparison = found.design in (Design.BALANCED_COMPARISON, Design.SCHOOL_MEANS)
    return grade_evidence(
        Evidence(
            design=found.design,
            measure=Measure.STANDARDISED,  # who scored it is not recorded yet, so never "blind"
            treated_count=found.pupils.height,
            school_count=found.pupils["school_urn"].n_unique(),
            cohort_count=found.pupils["academic_year"].n_unique(),
            half_width_sd=(found.sizes[2] - found.sizes[1]) / 2 if found.sizes else None,
            attrition_rate=attrition,
            differential_attrition_rate=differential if has_comparison else 0.0,
            baseline_smd=found.baseline_gap,
            dose_recorded_rate=doses["attendance_recorded_rate"],
        )
    )


def _verdict(found: Found, graded: GradedEvidence) -> Verdict:
    _, lower, upper = found.sizes or (None, None, None)
    return decide_verdict(lower, upper, graded.grade)


def _say_reason(found: Found, graded: GradedEvidence, number: int) -> str | None:
    """Why there is no better comparison; else what holds the grade down; else nothing.

    That only some of the ``number`` with both scores inform it is told where it is what holds the grade down, and
    always where they are fewer than half.
    """
    if found.reason != Reason.OK:
        return str(found.reason)
    part, is_held = found.pupils.height, graded.reason_code in (Cap.NUMBERS, Cap.REPLICATION)
    if part < number and (is_held or 2 * part < number):
        return PART_COMPARED
    return None if graded.reason_code is Cap.NOTHING else graded.reason_code.value


def _allowed_figures(found: Found, allowance: Allowance) -> Figures:
    """The figures that the number of pupils allows (METHODS A12); the rest is blank."""
    figures: Figures = dict.fromkeys(_HIDDEN_BY_DEFAULT)
    if found.points is None or found.sizes is None or allowance is Allowance.TOO_FEW:
        return figures
    figures.update(zip(("difference_points", "lower_points", "upper_points"), found.points, strict=True))
    figures["baseline_gap_sd"] = None if found.baseline_gap is None else abs(found.baseline_gap)
    if allowance in (Allowance.MODERATE_AT_MOST, Allowance.ALL):
        figures.update(zip(("effect_size_sd", "lower_sd", "upper_sd"), found.sizes, strict=True))
        figures["percentile_growth"] = percentile_growth(found.sizes[0])
    return figures


def school_delivery(
    model_interventions__group_dose: pl.DataFrame, model_interventions__starters: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """MODEL_IMPACT__SCHOOL_DELIVERY: what each school runs or ran, with pupils, dose and cost."""
    groups = model_interventions__group_dose.unique("intervention_key")
    starters = model_interventions__starters.unique(["intervention_key", "pupil_key"])
    running = groups.filter(pl.col("start_date") <= data_date, pl.col("end_date") >= data_date)
    is_running = set(running.select("school_urn", "intervention_name").iter_rows())
    sums = sum_doses(groups, starters, ["school_urn", "intervention_name"])
    rows = [
        {"school_urn": key[0], "intervention_name": key[1], "is_running": key in is_running, **doses}
        for key, doses in sums.items()
    ]
    return _frame(rows, MODEL_IMPACT__SCHOOL_DELIVERY)


def mart_impact__intervention_frame(model_impact__estimates: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_IMPACT__INTERVENTION for the disclosure door."""
    return model_impact__estimates.with_columns(data_date=pl.lit(data_date))


def mart_impact__school_frame(model_impact__school_delivery: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_IMPACT__SCHOOL for the disclosure door."""
    return model_impact__school_delivery.with_columns(data_date=pl.lit(data_date))


def _frame(rows: list[Mapping[str, Any]] | list[Figures], table: Table) -> pl.DataFrame:
    """Rows as the contract's frame, sorted by key; what is not declared is left out."""
    if not rows:
        return empty_frame(table)
    kept = [{name: row[name] for name in table.column_names} for row in rows]
    return conform(pl.DataFrame(kept, infer_schema_length=None), table).sort(table.key)
