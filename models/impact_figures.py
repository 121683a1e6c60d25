"""The figures of one estimate: all that there are, then those that the number of pupils allows (METHODS A12, A14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from models.comparison import Found
from models.estimation import NORM_SD
from models.evidence import (
    WEAK_NUMBER,
    Allowance,
    Grade,
    MonthsBand,
    Verdict,
    decide_verdict,
    percentile_growth,
    read_months,
)
from models.goals import ratio_gain
from models.impact_pooling import more_careful
from models.outcomes import Cohort

Figures = dict[str, Any]

ATTAINMENT = frozenset({"Reading", "Writing", "Mathematics", "Language"})
"""Outcomes that the EEF table of months is about."""
DAYS_PER_MONTH = 365.25 / 12
_MATCHED_SMD = 0.25

_POINTS = ("difference_points", "lower_points", "upper_points")
_SIZES = ("effect_size_sd", "lower_sd", "upper_sd")
_CHANCES = ("superiority_rate", "superiority_low_rate", "superiority_high_rate")
_SCHOOL_ENDS = ("schools_lower_points", "schools_upper_points")
_ODDS = ("odds_ratio", "odds_low_ratio", "odds_high_ratio")
_INNER = ("inner_lower_points", "inner_upper_points")
_MONTHS = ("months_count", "months_low_count", "months_high_count")
_FROM_SIX = (
    *_POINTS, *_INNER, "baseline_gap_sd", "entry_mean", "exit_mean", "expected_exit_mean", "norms_low_points",
    "norms_high_points", "tipping_points", "ratio_gain",
)  # fmt: skip
_FROM_TEN = (
    "shrunken_points", "shrunken_lower_points", "shrunken_upper_points", *_SCHOOL_ENDS, *_CHANCES, *_ODDS,
)  # fmt: skip
_FROM_TWENTY = (
    *_SIZES, "shrunken_sd", "shrunken_lower_sd", "shrunken_upper_sd", "percentile_growth", *_MONTHS,
)  # fmt: skip
_HIDDEN = {
    Allowance.TOO_FEW: (*_FROM_SIX, *_FROM_TEN, *_FROM_TWENTY, "floor_ceiling_rate"),
    Allowance.CANNOT_TELL_SMALL: (*_FROM_TEN, *_FROM_TWENTY),
    Allowance.WEAK_AT_MOST: _FROM_TWENTY,
    Allowance.MODERATE_AT_MOST: (),
    Allowance.ALL: (),
}
"""Figures that a number of pupils does not allow."""


def describe(cohort: Cohort, found: Found) -> Figures:
    """Every figure of an estimate, whatever its number allows; what there is not is left out."""
    return {
        **_named(_SIZES, found.sizes),
        **_named(_CHANCES, found.chances),
        **_named(_ODDS, found.odds),
        **_named(("norms_low_points", "norms_high_points"), found.norms and found.norms[::-1]),
        "baseline_gap_sd": None if found.baseline_gap is None else abs(found.baseline_gap),
        "ratio_gain": _ratio_gain(cohort),
        **(_on_its_scale(cohort, found) if cohort.unit != "SD" else {}),
        **_for_pooling(found),
    }


def _named(names: Sequence[str], values: Sequence[float] | None) -> Figures:
    return {} if values is None else dict(zip(names, values, strict=True))


def _on_its_scale(cohort: Cohort, found: Found) -> Figures:
    """The difference in the outcome's unit and the means it lies between, as measured. Nothing where scores only rank.

    Of rates the means are over all possible sessions of the pupils together; a rate expected below 0 is not told.
    """
    if found.points is None:
        return {}
    entry, leave = (
        cohort.sign * _mean(found.pupils, column, weight if cohort.scale.is_rate else None)
        for column, weight in (("baseline_score", "before_sessions_count"), ("exit_score", "after_sessions_count"))
    )
    expected = leave - cohort.sign * found.points[0]
    is_told = expected >= 0 or not cohort.scale.is_lower_better
    means = {"entry_mean": entry, "exit_mean": leave, "expected_exit_mean": expected if is_told else None}
    ends = _named(_SCHOOL_ENDS, found.school_ends)
    return {**_named(_POINTS, found.points), **_named(_INNER, found.inner), **ends, **means}


def _mean(pupils: pl.DataFrame, column: str, weight: str | None) -> float:
    weights = None if weight is None else pupils[weight].to_numpy()
    return float(np.average(pupils[column].to_numpy(), weights=weights))


def _ratio_gain(cohort: Cohort) -> float | None:
    """Months of age gained for each month between the two tests; of one test on a scale of ages only."""
    if cohort.scale.unit != "MONTHS" or cohort.exit_assessment_name is not None:
        return None
    told = cohort.ours.filter(pl.col("entry_date") < pl.col("exit_date"))
    days = (told["exit_date"] - told["entry_date"]).dt.total_days()
    return ratio_gain((told["exit_score"] - told["entry_score"]).to_list(), (days / DAYS_PER_MONTH).to_list()).ratio


def _for_pooling(found: Found) -> Figures:
    """What goes into the pool: effects against comparison pupils who started alike, of ten pupils or more."""
    is_alike = found.baseline_gap is None or abs(found.baseline_gap) <= _MATCHED_SMD
    is_enough = found.pupils.height >= WEAK_NUMBER
    if found.effect_variance is None or found.sizes is None or not (is_alike and is_enough):
        return {}
    error = float(np.sqrt(found.effect_variance))
    return {"pooled_effect_sd": found.sizes[0], "pooled_error_sd": error, "one_sd_points": found.one_sd}


def conclude(row: Figures, bands: Sequence[MonthsBand]) -> Figures:
    """The row with its verdict and translations, and without the figures that its number of pupils does not allow.

    The verdict is the more careful of the intervention's own and of the one drawn in; translations are of the effect
    that is shown first, which is the drawn-in one where there is one.
    """
    grade, is_drawn_in = Grade(row["grade"]), row.get("shrunken_sd") is not None
    verdict = Verdict(row["verdict"])
    names = ("shrunken_sd", "shrunken_lower_sd", "shrunken_upper_sd") if is_drawn_in else _SIZES
    effect = tuple(row.get(name) for name in names)
    if is_drawn_in:
        verdict = more_careful(verdict, decide_verdict(effect[1], effect[2], grade))
    told = row | {"verdict": verdict.value, **_translate(row, effect, verdict, bands)}
    if row["outcome_unit"] == "SD":
        told |= dict.fromkeys(("shrunken_points", "shrunken_lower_points", "shrunken_upper_points", *_INNER))
    return told | dict.fromkeys(_HIDDEN[Allowance(row["small_number_rule"])])


def _translate(
    row: Figures, effect: tuple[float | None, ...], verdict: Verdict, bands: Sequence[MonthsBand]
) -> Figures:
    """Places in 100, by the norms' standard deviation where the test has norms; months of attainment (METHODS A14).

    Months are read only of what is claimed: an effect that is ahead or behind.
    """
    middle, lower, upper = effect
    if middle is None or lower is None or upper is None:
        return {}
    drawn_in, own = row.get("shrunken_points"), row.get("difference_points")
    points = own if drawn_in is None else drawn_in
    by_norms = points / NORM_SD if row["outcome_unit"] == "POINTS" and points is not None else middle
    growth = {"percentile_growth": percentile_growth(by_norms)}
    is_claimed = verdict in (Verdict.AHEAD, Verdict.BEHIND)
    is_read = row["outcome_unit"] == "POINTS" and row["outcome_domain"] in ATTAINMENT and is_claimed
    months = read_months(middle, lower, upper, bands) if is_read else None
    if months is None:
        return growth
    return growth | _named(_MONTHS, (months.months, months.lower_months, months.upper_months))
