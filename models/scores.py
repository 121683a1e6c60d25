"""Two sets of scores: why there is or is not an estimate, their spread, and the unadjusted effect size (METHODS A3).

Holds what the estimators share. Every result carries a ``Reason``; where it is not ``OK`` the figures are ``None``,
never NaN. SciPy is imported inside functions, because start-up is the main cost of the night.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FLAT = 1e-9
"""Relative spread below which scores count as constant: far above rounding, far below any score."""


class Reason(StrEnum):
    """Why there is, or is not, an estimate."""

    OK = "OK"
    """Estimated."""
    NO_TREATED = "NO_TREATED"
    """Nobody took part with the scores that are needed."""
    NO_COMPARISON = "NO_COMPARISON"
    """There are no pupils to compare with."""
    TOO_FEW = "TOO_FEW"
    """Too few pupils for this calculation."""
    NO_SPREAD = "NO_SPREAD"
    """All scores are the same, so nothing can be said about chance."""
    NOT_FINITE = "NOT_FINITE"
    """A value is missing or not a number; leave such pupils out first and count them."""
    NO_OVERLAP = "NO_OVERLAP"
    """No weights make the comparison pupils similar to those who took part."""
    THIN_COMPARISON = "THIN_COMPARISON"
    """Similar on average only by leaning on a few comparison pupils."""
    SCHOOL_CONFOUNDED = "SCHOOL_CONFOUNDED"
    """Whole schools took part and too few of them: the effect cannot be separated from the school."""
    NO_INTERVAL = "NO_INTERVAL"
    """The range cannot be computed from these scores."""
    TOO_FEW_EVENTS = "TOO_FEW_EVENTS"
    """Too few events, such as suspensions, to tell a difference from chance."""
    TOO_FEW_TO_POOL = "TOO_FEW_TO_POOL"
    """Fewer than five estimates: each stands alone."""
    NO_SPREAD_BETWEEN = "NO_SPREAD_BETWEEN"
    """The estimates differ by no more than chance would make them: all share one mean, which is given."""
    SEPARATED = "SEPARATED"
    """Every pupil of one group is ahead of every pupil of the other, so no range can be computed."""
    NO_FIT = "NO_FIT"
    """The model does not settle on an answer for these scores."""
    TOO_FEW_SCHOOLS = "TOO_FEW_SCHOOLS"
    """Too few schools to see how the result hangs on any one of them."""
    NOBODY_MISSING = "NOBODY_MISSING"
    """Every pupil has an end score, so there is nobody whose score could change the result."""
    NO_DIFFERENCE = "NO_DIFFERENCE"
    """The estimate is zero and has no sign that could change."""
    NO_TIME_BETWEEN = "NO_TIME_BETWEEN"
    """The two tests are of one day or in the wrong order."""


@dataclass(frozen=True)
class EffectSize:
    """Hedges g with its exact 95% interval, in standard deviations."""

    reason_code: Reason
    g: float | None = None
    lower: float | None = None
    upper: float | None = None
    degrees_of_freedom: int | None = None


def small_sample_factor(degrees_of_freedom: float) -> float:
    """Hedges' exact correction J: G(v/2) / (sqrt(v/2) G((v-1)/2)). ``ValueError`` below 2 degrees of freedom."""
    if degrees_of_freedom < 2:
        raise ValueError("Hedges' correction needs two degrees of freedom")
    half = degrees_of_freedom / 2
    return math.exp(math.lgamma(half) - math.lgamma(half - 0.5)) / math.sqrt(half)


def pooled_sd(treated: Floats, comparison: Floats) -> float | None:
    """Pooled standard deviation of two arms; ``None`` with fewer than two pupils in an arm or no spread."""
    if min(treated.size, comparison.size) < 2 or not (has_spread(treated) or has_spread(comparison)):
        return None
    squares = np.square(treated - treated.mean()).sum() + np.square(comparison - comparison.mean()).sum()
    return math.sqrt(squares / (treated.size + comparison.size - 2))


def has_spread(values: Floats) -> bool:
    """False for scores that are all the same but for rounding."""
    return values.size > 0 and float(np.ptp(values)) > FLAT * max(1.0, float(np.abs(values).max()))


def hedges_g(treated: npt.ArrayLike, comparison: npt.ArrayLike) -> EffectSize:
    """Unadjusted Hedges g, treated minus comparison, interval from the noncentral t. For the technical annex only."""
    ours, theirs = as_floats(treated), as_floats(comparison)
    reason = find_missing_arm(ours.size, theirs.size)
    if reason is None and min(ours.size, theirs.size) < 2:
        reason = Reason.TOO_FEW
    if reason is None and not (np.isfinite(ours).all() and np.isfinite(theirs).all()):
        reason = Reason.NOT_FINITE
    if reason is not None:
        return EffectSize(reason)
    spread = pooled_sd(ours, theirs)
    if spread is None:
        return EffectSize(Reason.NO_SPREAD)
    freedom = ours.size + theirs.size - 2
    scale = math.sqrt(ours.size * theirs.size / (ours.size + theirs.size))
    d = float(ours.mean() - theirs.mean()) / spread
    bounds = _noncentral_bounds(d * scale, freedom)
    if bounds is None:
        return EffectSize(Reason.NO_INTERVAL)
    factor = small_sample_factor(freedom)
    return EffectSize(Reason.OK, factor * d, factor * bounds[0] / scale, factor * bounds[1] / scale, freedom)


def _noncentral_bounds(t: float, freedom: int) -> tuple[float, float] | None:
    """The noncentralities at which ``t`` is the 97.5th and the 2.5th percentile; ``None`` where out of reach."""
    from scipy.optimize import brentq
    from scipy.special import nctdtr

    found = []
    width = 6 * math.sqrt(1 + t * t / (2 * freedom))
    for share in (0.975, 0.025):

        def miss(noncentrality: float, share: float = share) -> float:
            return float(nctdtr(freedom, noncentrality, t)) - share

        low, high = t - width, t + width
        if not (miss(low) > 0 > miss(high)):  # also catches NaN
            return None
        found.append(float(brentq(miss, low, high, xtol=1e-12)))
    return found[0], found[1]


def t_multiplier(degrees_of_freedom: float, share: float = 0.975) -> float:
    """Standard errors on each side of a 95% interval; ``share`` 0.75 gives those of a 50% interval."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, share))


def find_missing_arm(treated_count: int, comparison_count: int) -> Reason | None:
    """The reason when one side has nobody, else ``None``."""
    if treated_count == 0:
        return Reason.NO_TREATED
    return Reason.NO_COMPARISON if comparison_count == 0 else None


def as_floats(values: npt.ArrayLike) -> Floats:
    """Any sequence of numbers as a float array; missing values become NaN, which every estimator refuses."""
    return np.asarray(values, dtype=np.float64)
