"""Those who took part against those who did not: which of them inform an estimate, and the best estimate they allow.

The estimators are ``models/balancing.py``, ``models/adjustment.py`` and ``models/estimation.py``; scales that only rank
are ``models/ranking.py``; what is said of an estimate is ``models/impact.py``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
import polars as pl

from models.adjustment import AdjustedDifference, adjusted_difference, in_mixed_schools
from models.balancing import balance_or_baseline
from models.estimation import NORM_SD, RETEST_SENSITIVITY, norm_referenced_gain
from models.evidence import WEAK_NUMBER, Allowance, Design, allow_figures
from models.jackknife import MOST_SCHOOLS, delete_schools
from models.outcomes import Cohort, Scale, standardise
from models.pooling import effect_variance
from models.scores import Floats, Reason, small_sample_factor, t_multiplier

RETEST = 0.8
"""Retest correlation of one standardised test where its manual is not at hand (METHODS A6)."""
COVARIATES = ("baseline_score", "age_months", "is_fsm", "has_ehc_plan", "absence_rate")
"""What the comparison pupils are made similar on, the most important first: later ones are dropped first."""
DIFFERENT_TESTS = "DIFFERENT_TESTS"
"""Entry and exit are different tests, so each is told in standard deviations of the comparison pupils."""
FEWEST_EVENTS = 5.0
"""Suspensions, had or expected, of those who took part, below which chance alone could bring any difference."""
FURTHEST_RATE = 0.999
"""A share ahead nearer to 0 or 1 than this is taken as this, where it is read in standard deviations."""

Range = tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class Found:
    """An estimate and how it was made. Ranges are (middle, lower, upper), ``None`` where there is none.

    ``pupils`` are those who took part and inform it: numbers, schools and years that are judged are theirs.
    ``compared_count`` are the pupils compared with, ``None`` without an estimate from a comparison. ``points``: in the
    outcome's unit, with ``inner`` the range that holds it half the time. ``sizes``: Hedges g. ``effect_variance`` and
    ``one_sd``: of g, and one g in the outcome's unit, of comparisons that can be pooled. ``chances``: share ahead.
    ``norms``: the points at retest correlations 0.7 and 0.9. ``school_ends``: the ends of the range that leaving out
    schools in turn gives the points, where few schools inform them. ``informing``: everybody who informs a comparison
    within schools, those compared with too, each with ``share`` and ``deviation`` (``AdjustedDifference``).
    """

    design: Design
    reason: str
    pupils: pl.DataFrame
    compared_count: int | None = None
    points: Range | None = None
    inner: tuple[float, float] | None = None
    sizes: Range | None = None
    baseline_gap: float | None = None
    effect_variance: float | None = None
    one_sd: float | None = None
    error_points: float | None = None
    chances: Range | None = None
    odds: Range | None = None
    norms: tuple[float, float] | None = None
    school_ends: tuple[float, float] | None = None
    informing: pl.DataFrame | None = None

    @property
    def judged(self) -> Range | None:
        """The range that grade and verdict are made of, in standard deviations.

        A share ahead counts as the difference between two normal distributions that would give it: at 0.5 nothing, at
        0.58 three tenths of a standard deviation.
        """
        if self.sizes is not None or self.chances is None:
            return self.sizes
        middle, lower, upper = (_as_difference(rate) for rate in self.chances)
        return middle, lower, upper

    @property
    def ends(self) -> tuple[float, float] | tuple[None, None]:
        """The ends of that range, or twice nothing."""
        return (None, None) if self.judged is None else self.judged[1:]

    @property
    def claimed_ends(self) -> tuple[float, float] | tuple[None, None]:
        """The ends that a verdict rests on: by norms, at whichever retest correlation from 0.7 to 0.9 claims least.

        Where low scores rise by more than one correlation says, a range at 0.8 alone is above zero too often
        (``models/methods/impact_study.md``).
        """
        lower, upper = self.ends
        if self.norms is None or self.points is None or lower is None or upper is None:
            return self.ends
        shifts = [(other - self.points[0]) / NORM_SD for other in self.norms]
        return lower + min(0.0, *shifts), upper + max(0.0, *shifts)


def _as_difference(rate: float) -> float:
    near = min(max(rate, 1 - FURTHEST_RATE), FURTHEST_RATE)
    return math.sqrt(2) * NormalDist().inv_cdf(near)


def allow(pupils: pl.DataFrame) -> Allowance:
    """What may be shown for these pupils with both scores."""
    return allow_figures(pupils.height, pupils["school_urn"].n_unique())


@dataclass(frozen=True, eq=False)
class Sides:
    """Pupils who took part and pupils to compare with, of schools that have both kinds unless there are none such."""

    both: pl.DataFrame
    is_within: bool

    @property
    def ours(self) -> pl.DataFrame:
        """Those who took part."""
        return self.both.filter("is_treated")

    def is_part_too_small(self, number: int) -> bool:
        """True where fewer than ten (or than the ``number`` there are) would speak for all."""
        return self.ours.height < min(WEAK_NUMBER, number)


def sides_of(ours: pl.DataFrame, theirs: pl.DataFrame) -> Sides:
    """Pupils are compared within their schools, so schools without one of the two kinds are left out first."""
    both = pl.concat([ours, theirs])
    is_mixed = pl.Series(in_mixed_schools(both["is_treated"], both["school_urn"]), dtype=pl.Boolean)
    return Sides(both.filter(is_mixed), True) if is_mixed.any() else Sides(both, False)


def compare(cohort: Cohort) -> Found:
    """Scores, rates or different tests compared: balanced and adjusted; else the test's norms; else nothing.

    A part below ten does not speak for the rest: then the norms do, over everybody.
    """
    ours, theirs = cohort.ours, cohort.theirs
    if allow(ours) is Allowance.TOO_FEW:
        return Found(Design.NONE, Reason.TOO_FEW, ours)
    if cohort.unit == "SD":
        return _compare_two_tests(cohort)
    found = compare_pupils(ours, theirs, cohort.scale)
    return _by_norms(ours, found.reason) if found.points is None and cohort.scale.has_norms else found


def _compare_two_tests(cohort: Cohort) -> Found:
    """Entry and exit are different tests: in standard deviations, which no norms stand behind; it says so."""
    ours, theirs = standardise(cohort.ours, cohort.theirs)
    if ours.height < min(WEAK_NUMBER, cohort.ours.height):
        reason = Reason.THIN_COMPARISON if cohort.theirs.height else Reason.NO_COMPARISON
        return Found(Design.NONE, reason, cohort.ours)
    found = compare_pupils(ours, theirs, cohort.scale)
    if found.sizes is None:
        return Found(Design.NONE, found.reason, cohort.ours)
    return replace(found, reason=DIFFERENT_TESTS)


def compare_pupils(ours: pl.DataFrame, theirs: pl.DataFrame, scale: Scale) -> Found:
    """The balanced and adjusted comparison, or none with its reason. Rates weigh by the time they are of."""
    sides = sides_of(ours, theirs)
    part, both = sides.ours, sides.both
    if sides.is_part_too_small(ours.height):
        return Found(Design.NONE, Reason.THIN_COMPARISON, ours)
    table = covariates_of(both)
    count = part.height
    time = both["after_sessions_count"].cast(pl.Float64).to_numpy() if scale.is_rate else np.ones(both.height)
    means = np.average(table[:count], axis=0, weights=time[:count])
    balance = balance_or_baseline(table[count:], means, count, time[count:])
    if not balance.is_accepted:
        return Found(Design.NONE, balance.reason_code, ours)
    scores, treated, schools = (both[name].to_numpy() for name in ("exit_score", "is_treated", "school_urn"))
    data = (scores, treated, table, schools, balance.weights, time[:count])
    adjusted = adjusted_difference(*data)
    if scale.is_of_events:
        adjusted = allow_for_rare_events(adjusted, scores[:count], time[:count], scale.factor)
    found = _from_adjusted(adjusted, part)
    if found is None:
        return Found(Design.NONE, adjusted.reason_code, ours)
    if adjusted.shares is not None:
        found = replace(found, informing=_with_shares(both, adjusted))
    # of so few events that their number, not the schools, sets the range, nothing is left out
    is_checked = not scale.is_of_events and adjusted.school_count <= MOST_SCHOOLS
    without = delete_schools(*data) if is_checked else None
    if without is None or without.lower is None or without.upper is None:
        return found
    return replace(found, school_ends=(without.lower, without.upper))


def _with_shares(both: pl.DataFrame, adjusted: AdjustedDifference) -> pl.DataFrame:
    return both.with_columns(
        pl.Series("share", adjusted.shares, dtype=pl.Float64),
        pl.Series("deviation", adjusted.deviations, dtype=pl.Float64),
    )


def allow_for_rare_events(
    result: AdjustedDifference, scores: Floats, sessions: Floats, factor: float
) -> AdjustedDifference:
    """The difference with a range no narrower than chance alone makes the number of events; none of a few events.

    Where nobody who took part had a suspension, their scores do not vary at all, and the spread of scores says nothing
    of how many there might have been. Under no effect the number of events is at least as variable as a Poisson's.
    The number is the larger of what there was and what would have been expected; five are needed.
    """
    if result.points is None or result.standard_error is None or result.degrees_of_freedom is None:
        return result
    rate = -float(np.average(scores, weights=sessions))
    share = sessions.sum() / (100 * factor)
    events = max(rate, rate + result.points) * share
    if events < FEWEST_EVENTS:
        return replace(result, reason_code=Reason.TOO_FEW_EVENTS, points=None)
    widening = max(1.0, math.sqrt(events) / share / result.standard_error)
    return result if widening == 1.0 else result.widened(widening)


def covariates_of(people: pl.DataFrame) -> Floats:
    """One row per pupil. An absence that is not recorded counts as the mean of the others, or as nothing at all."""
    filled = pl.col("absence_rate").fill_null(pl.col("absence_rate").mean()).fill_null(0.0)
    return people.with_columns(filled).select(pl.col(name).cast(pl.Float64) for name in COVARIATES).to_numpy()


def _from_adjusted(result: AdjustedDifference, pupils: pl.DataFrame) -> Found | None:
    if result.points is None or result.lower is None or result.upper is None:
        return None
    if result.effect_size is None or result.effect_lower is None or result.effect_upper is None:
        return None
    if result.standard_error is None or result.pooled_sd is None or result.degrees_of_freedom is None:
        return None
    is_within = result.method is not None and result.method.value == "WITHIN_SCHOOLS"
    counts = (result.treated_count, result.comparison_count)
    return Found(
        design=Design.BALANCED_COMPARISON if is_within else Design.SCHOOL_MEANS,
        reason=Reason.OK,
        pupils=pupils,
        compared_count=result.comparison_count,
        points=(result.points, result.lower, result.upper),
        inner=_inner(result.points, result.standard_error, result.degrees_of_freedom),
        sizes=(result.effect_size, result.effect_lower, result.effect_upper),
        baseline_gap=result.baseline_smd,
        effect_variance=effect_variance(result.effect_size, result.standard_error, result.pooled_sd, *counts),
        one_sd=result.pooled_sd / small_sample_factor(sum(counts) - 2),
        error_points=result.standard_error,
    )


def _inner(middle: float, error: float, freedom: float) -> tuple[float, float]:
    half = t_multiplier(freedom, 0.75) * error
    return middle - half, middle + half


def _by_norms(ours: pl.DataFrame, reason: str) -> Found:
    """Gain beyond regression to the mean. The mean of two scores regresses less than one (Spearman-Brown)."""
    entry, leaving = ours["baseline_score"].to_numpy(), ours["exit_score"].to_numpy()
    has_two = ours["baseline_scores_count"].to_numpy() == 2
    used, *others = (
        norm_referenced_gain(entry, leaving, float(np.where(has_two, 2 * retest / (1 + retest), retest).mean()))
        for retest in (RETEST, *RETEST_SENSITIVITY)
    )
    if used.points is None or used.lower is None or used.upper is None or used.standard_error is None:
        return Found(Design.NONE, used.reason_code, ours)
    low, high = (other.points for other in others)
    return Found(
        design=Design.NORM_REFERENCED,
        reason=reason,
        pupils=ours,
        points=(used.points, used.lower, used.upper),
        inner=_inner(used.points, used.standard_error, ours.height - 1),
        sizes=(used.effect_size or 0.0, used.effect_lower or 0.0, used.effect_upper or 0.0),
        error_points=used.standard_error,
        norms=None if low is None or high is None else (low, high),
    )
