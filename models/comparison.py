"""Those who took part against those who did not: which of them inform an estimate, and the best estimate they allow.

The estimators are ``models/balancing.py``, ``models/adjustment.py`` and ``models/estimation.py``; what is said of an
estimate is ``models/impact.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from models.adjustment import AdjustedDifference, adjusted_difference, in_mixed_schools
from models.balancing import balance_or_baseline
from models.estimation import norm_referenced_gain
from models.evidence import WEAK_NUMBER, Allowance, Design, allow_figures
from models.scores import Floats, Reason

RETEST = 0.8
"""Retest correlation of one standardised test where its manual is not at hand (METHODS A6)."""
COVARIATES = ("baseline_score", "age_months", "is_fsm", "has_ehc_plan", "absence_rate")
"""What the comparison pupils are made similar on, the most important first: later ones are dropped first."""


@dataclass(frozen=True, eq=False)
class Found:
    """An estimate and how it was made. ``points`` and ``sizes`` are (middle, lower, upper), ``None`` without one.

    ``pupils`` are those who took part and inform it: numbers, schools and years that are judged are theirs.
    ``compared_count`` are the pupils compared with, ``None`` without an estimate from a comparison.
    """

    design: Design
    reason: str
    pupils: pl.DataFrame
    compared_count: int | None = None
    points: tuple[float, float, float] | None = None
    sizes: tuple[float, float, float] | None = None
    baseline_gap: float | None = None


def with_both_scores(people: pl.DataFrame) -> pl.DataFrame:
    """Those with a score before and one after."""
    return people.filter(pl.col("baseline_score").is_not_null() & pl.col("exit_score").is_not_null())


def allow(pupils: pl.DataFrame) -> Allowance:
    """What may be shown for these pupils with both scores."""
    return allow_figures(pupils.height, pupils["school_urn"].n_unique())


def compare(ours: pl.DataFrame, theirs: pl.DataFrame) -> Found:
    """Balanced and adjusted; else the test's norms with regression to the mean taken off; else nothing.

    Pupils are compared within their schools, so schools without one of the two kinds are left out before balancing,
    unless they are all such. A part below ten does not speak for the rest: then the norms do, over everybody.
    """
    if allow(ours) is Allowance.TOO_FEW:
        return Found(Design.NONE, Reason.TOO_FEW, ours)
    both = pl.concat([ours, theirs])
    is_mixed = pl.Series(in_mixed_schools(both["is_treated"], both["school_urn"]))
    both = both.filter(is_mixed) if is_mixed.any() else both
    part = both.filter("is_treated")
    if part.height < min(WEAK_NUMBER, ours.height):
        return _by_norms(ours, Reason.THIN_COMPARISON)
    table = _covariates(both)
    balance = balance_or_baseline(table[part.height :], table[: part.height].mean(axis=0), part.height)
    if not balance.is_accepted:
        return _by_norms(ours, balance.reason_code)
    scores, treated, schools = (both[name].to_numpy() for name in ("exit_score", "is_treated", "school_urn"))
    adjusted = adjusted_difference(scores, treated, table, schools, balance.weights)
    return _from_adjusted(adjusted, part) or _by_norms(ours, adjusted.reason_code)


def _covariates(people: pl.DataFrame) -> Floats:
    """One row per pupil. An absence that is not recorded counts as the mean of the others, or as nothing at all."""
    filled = pl.col("absence_rate").fill_null(pl.col("absence_rate").mean()).fill_null(0.0)
    return people.with_columns(filled).select(pl.col(name).cast(pl.Float64) for name in COVARIATES).to_numpy()


def _from_adjusted(result: AdjustedDifference, pupils: pl.DataFrame) -> Found | None:
    if result.points is None or result.lower is None or result.upper is None:
        return None
    if result.effect_size is None or result.effect_lower is None or result.effect_upper is None:
        return None
    is_within = result.method is not None and result.method.value == "WITHIN_SCHOOLS"
    return Found(
        Design.BALANCED_COMPARISON if is_within else Design.SCHOOL_MEANS,
        Reason.OK,
        pupils,
        result.comparison_count,
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
        return Found(Design.NONE, gain.reason_code, ours)
    sizes = (gain.effect_size or 0.0, gain.effect_lower or 0.0, gain.effect_upper or 0.0)
    return Found(Design.NORM_REFERENCED, reason, ours, None, (gain.points, gain.lower, gain.upper), sizes)
