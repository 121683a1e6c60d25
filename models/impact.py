"""Did it make a difference: from pupils with scores to one honest estimate an intervention, and what a school runs.

Who took part and who could be compared is ``models/sql/model_impact__pupils.sql``; the estimators are
``models/estimation.py``; what may be said of a number of pupils is ``models/evidence.py``. A gain without a comparison
never becomes a figure here: no comparison, no number (METHODS A).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from expectations.contract import Table
from expectations.derive import conform, empty_frame
from expectations.tables.impact import MODEL_IMPACT__ESTIMATES, MODEL_IMPACT__SCHOOL_DELIVERY
from models.estimation import (
    AdjustedDifference,
    Reason,
    adjusted_difference,
    balance_or_baseline,
    norm_referenced_gain,
)
from models.evidence import (
    Allowance,
    Cap,
    Design,
    Evidence,
    GradedEvidence,
    Measure,
    Verdict,
    allow_figures,
    decide_verdict,
    grade_evidence,
    percentile_growth,
)
from models.interventions import sum_doses
from models.scores import Floats

NO_TEST = "NO_TEST"
"""No test is linked to the intervention."""
NO_SCORES = "NO_SCORES"
"""The linked test is not a standardised one that this trust records scores of."""
NOT_FINISHED = "NOT_FINISHED"
"""Nobody's score after the end is due yet."""

RETEST = 0.8
"""Retest correlation of one standardised test where its manual is not at hand (METHODS A6)."""
COVARIATES = ("baseline_score", "age_months", "is_fsm", "has_ehc_plan", "absence_rate")
"""What the comparison pupils are made similar on, the most important first: later ones are dropped first."""

Figures = dict[str, Any]
_HIDDEN_BY_DEFAULT = (
    "difference_points", "lower_points", "upper_points", "effect_size_sd", "lower_sd", "upper_sd",
    "percentile_growth", "baseline_gap_sd",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """An estimate and how it was made. ``points`` and ``sizes`` are (middle, lower, upper), ``None`` without one."""

    design: Design
    reason: str
    points: tuple[float, float, float] | None = None
    sizes: tuple[float, float, float] | None = None
    baseline_gap: float | None = None


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
    ours, theirs = (_with_both(part) for part in (due, people.filter(~pl.col("is_treated"))))
    schools_count, number = ours["school_urn"].n_unique(), ours.height
    allowance = allow_figures(number, schools_count)
    found = _compare(ours, theirs) if allowance is not Allowance.TOO_FEW else Found(Design.NONE, Reason.TOO_FEW)
    if due.is_empty():
        found = Found(Design.NONE, NOT_FINISHED)
    attrition = _share_missing(due)
    graded = _grade(found, ours, attrition, attrition - _share_missing(people.filter(~pl.col("is_treated"))), doses)
    return {
        "intervention_name": name,
        "assessment_name": test[0],
        "subject": test[1],
        "scale": "STANDARDISED",
        "exit_due_count": due.height,
        "both_scores_count": number,
        "comparison_count": theirs.height,
        "design": found.design.value,
        "reason": _say_reason(found, graded),
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


def _with_both(people: pl.DataFrame) -> pl.DataFrame:
    return people.filter(pl.col("baseline_score").is_not_null() & pl.col("exit_score").is_not_null())


def _share_missing(people: pl.DataFrame) -> float:
    return 1 - _with_both(people).height / people.height if people.height else 0.0


def _compare(ours: pl.DataFrame, theirs: pl.DataFrame) -> Found:
    """Balanced and adjusted; else the test's norms with regression to the mean taken off; else nothing."""
    both = pl.concat([ours, theirs])
    table = _covariates(both)
    balance = balance_or_baseline(table[ours.height :], table[: ours.height].mean(axis=0), ours.height)
    if not balance.is_accepted:
        return _by_norms(ours, balance.reason_code)
    scores, treated, schools = (both[name].to_numpy() for name in ("exit_score", "is_treated", "school_urn"))
    adjusted = adjusted_difference(scores, treated, table, schools, balance.weights)
    return _from_adjusted(adjusted) or _by_norms(ours, adjusted.reason_code)


def _covariates(people: pl.DataFrame) -> Floats:
    """One row per pupil. An absence that is not recorded counts as the mean of the others, or as nothing at all."""
    filled = pl.col("absence_rate").fill_null(pl.col("absence_rate").mean()).fill_null(0.0)
    return people.with_columns(filled).select(pl.col(name).cast(pl.Float64) for name in COVARIATES).to_numpy()


def _from_adjusted(result: AdjustedDifference) -> Found | None:
    if result.points is None or result.lower is None or result.upper is None:
        return None
    if result.effect_size is None or result.effect_lower is None or result.effect_upper is None:
        return None
    is_within = result.method is not None and result.method.value == "WITHIN_SCHOOLS"
    return Found(
        Design.BALANCED_COMPARISON if is_within else Design.SCHOOL_MEANS,
        Reason.OK,
        (result.points, result.lower, result.upper),
        (result.effect_size, result.effect_lower, result.effect_upper),
        result.baseline_smd,
    )


def _by_norms(ours: pl.DataFrame, reason: Reason) -> Found:
    """Gain beyond regression to the mean. The mean of two scores regresses less than one (Spearman-Brown)."""
    two = 2 * RETEST / (1 + RETEST)
    retest = float(np.where(ours["baseline_scores_count"].to_numpy() == 2, two, RETEST).mean())
    gain = norm_referenced_gain(ours["baseline_score"].to_numpy(), ours["exit_score"].to_numpy(), retest)
    if gain.points is None or gain.lower is None or gain.upper is None:
        return Found(Design.NONE, gain.reason_code)
    sizes = (gain.effect_size or 0.0, gain.effect_lower or 0.0, gain.effect_upper or 0.0)
    return Found(Design.NORM_REFERENCED, reason, (gain.points, gain.lower, gain.upper), sizes)


def _grade(found: Found, ours: pl.DataFrame, attrition: float, differential: float, doses: Figures) -> GradedEvidence:
    has_comparison = found.design in (Design.BALANCED_COMPARISON, Design.SCHOOL_MEANS)
    return grade_evidence(
        Evidence(
            design=found.design,
            measure=Measure.STANDARDISED,  # who scored it is not recorded yet, so never "blind"
            treated_count=ours.height,
            school_count=ours["school_urn"].n_unique(),
            cohort_count=ours["academic_year"].n_unique(),
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


def _say_reason(found: Found, graded: GradedEvidence) -> str | None:
    """Why there is no better comparison; else what holds the grade down; else nothing."""
    if found.reason != Reason.OK:
        return str(found.reason)
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
