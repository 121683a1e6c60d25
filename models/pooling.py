"""Estimates of several interventions together: their mean, how far they differ, each pulled to the mean (METHODS A8).

Random effects by Paule and Mandel, whose spread is never negative, with the modified Hartung-Knapp interval. Numbers
in, results out: which estimates belong together (the same outcome domain) is decided by ``models/impact.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.scores import Floats, Reason, as_floats, small_sample_factor, t_multiplier

SMALLEST_POOL = 5
"""Estimates below which nothing is pooled."""
_STEPS = 2000  # Newton from zero doubles its way up from the tiniest variance and then settles in a few steps
_SETTLED = 1e-12


@dataclass(frozen=True)
class Pooled:
    """The mean of several estimates with its 95% interval, in their unit, and where a new estimate would lie.

    ``tau`` is the standard deviation of the true effects. ``prediction_lower`` and ``prediction_upper`` hold the
    effect of another intervention (or in another school) 95 times in 100. ``heterogeneity_q`` is Cochran's Q at fixed
    weights, on ``count`` - 1 degrees of freedom. Figures stand with ``OK`` and with ``NO_SPREAD_BETWEEN`` (``tau`` is
    0: the differences are no larger than chance); otherwise they are ``None``.
    """

    reason_code: Reason
    count: int
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    tau: float | None = None
    prediction_lower: float | None = None
    prediction_upper: float | None = None
    heterogeneity_q: float | None = None
    standard_error: float | None = None


@dataclass(frozen=True)
class Shrunken:
    """One estimate pulled towards the mean of its pool, with its 95% and its inner 50% range.

    ``kept_share`` is the weight of the intervention's own estimate: 1 leaves it as it was, 0 makes it the mean.
    """

    effect: float
    standard_error: float
    lower: float
    upper: float
    inner_lower: float
    inner_upper: float
    kept_share: float


def effect_variance(
    effect_size: float, points_error: float, spread: float, treated_count: int, comparison_count: int
) -> float:
    """Variance of an adjusted effect size: (SE / SD)^2 J^2 + g^2 / 2N (METHODS A8).

    ``points_error`` is the standard error of the difference in points, ``spread`` the pooled SD at exit.
    """
    number = treated_count + comparison_count
    factor = small_sample_factor(number - 2)
    return (factor * points_error / spread) ** 2 + effect_size**2 / (2 * number)


def pool_effects(effects: npt.ArrayLike, variances: npt.ArrayLike) -> Pooled:
    """Random-effects mean of estimates with known variances. Needs five.

    ``ValueError`` when the two differ in number. Sources: Paule and Mandel 1982; DerSimonian and Kacker 2007;
    Roever, Knapp and Friede 2015 (modified interval); Higgins, Thompson and Spiegelhalter 2009 (prediction).
    """
    values, noise = as_floats(effects), as_floats(variances)
    if values.ndim != 1 or values.shape != noise.shape:
        raise ValueError("One variance is needed for each effect")
    count = values.size
    if not (np.isfinite(values).all() and np.isfinite(noise).all()):
        return Pooled(Reason.NOT_FINITE, count)
    if (noise <= 0).any():
        return Pooled(Reason.NO_INTERVAL, count)
    if count < SMALLEST_POOL:
        return Pooled(Reason.TOO_FEW_TO_POOL, count)
    with np.errstate(all="ignore"):  # figures beyond the reach of floating point are seen below
        between = _spread_between(values, noise)
        mean, error, q = _weigh(values, noise, between)
        fixed_q = _weigh(values, noise, 0.0)[2] * (count - 1)
    if not all(map(math.isfinite, (between, mean, error, q, fixed_q))):
        return Pooled(Reason.NO_FIT, count)
    # By Paule and Mandel's own equation q is 1 where they spread and below 1 where they do not; the rule stands anyway.
    half = t_multiplier(count - 1) * error * max(1.0, math.sqrt(q))
    reach = t_multiplier(count - 2) * math.sqrt(between + error**2)
    reason = Reason.OK if between > 0 else Reason.NO_SPREAD_BETWEEN
    range_of_new = (mean - reach, mean + reach)
    return Pooled(reason, count, mean, mean - half, mean + half, math.sqrt(between), *range_of_new, fixed_q, error)


def _weigh(values: Floats, noise: Floats, between: float) -> tuple[float, float, float]:
    """Mean, its standard error, and the generalised Q over its degrees of freedom, at one spread between."""
    weight = 1 / (noise + between)
    mean = float(weight @ values / weight.sum())
    q = float(weight @ np.square(values - mean)) / (values.size - 1)
    return mean, 1 / math.sqrt(weight.sum()), q


def _spread_between(values: Floats, noise: Floats) -> float:
    """The variance between at which the generalised Q equals its degrees of freedom; 0 where it never reaches them.

    Q falls as the variance grows and is convex, so Newton's steps from 0 rise to the answer and never pass it.
    """
    between = 0.0
    for _ in range(_STEPS):
        weight = 1 / (noise + between)
        squares = weight * np.square(values - weight @ values / weight.sum())
        excess = float(squares.sum()) - (values.size - 1)
        if not excess > _SETTLED * values.size:  # also stops at NaN
            break
        between += excess / float(weight @ squares)
    return between


def shrink_effects(effects: npt.ArrayLike, variances: npt.ArrayLike, pooled: Pooled) -> tuple[Shrunken, ...]:
    """Each estimate as the mean of itself and of the pool, by how much is known of either (empirical Bayes).

    Weight tau^2 / (tau^2 + v); SE^2 = w v + (1 - w)^2 SE_mean^2. Ranges use t with k - 1 degrees of freedom, as the
    pool's mean does: the spread itself is estimated from k figures, and without spread every range is the mean's.
    Empty where nothing was pooled.
    """
    values, noise = as_floats(effects), as_floats(variances)
    if values.shape != noise.shape or values.size != pooled.count:
        raise ValueError("Shrink the effects that were pooled, each with its variance")
    if pooled.mean is None or pooled.tau is None or pooled.standard_error is None:
        return ()
    from scipy.special import stdtrit

    outer, inner = (float(stdtrit(pooled.count - 1, share)) for share in (0.975, 0.75))
    kept = pooled.tau**2 / (pooled.tau**2 + noise)
    middles = kept * values + (1 - kept) * pooled.mean
    errors = np.sqrt(kept * noise + np.square((1 - kept) * pooled.standard_error))
    return tuple(
        Shrunken(m, e, m - outer * e, m + outer * e, m - inner * e, m + inner * e, share)
        for m, e, share in zip(middles.tolist(), errors.tolist(), kept.tolist(), strict=True)
    )


def false_discovery(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Benjamini and Hochberg's adjusted p-values, in the order given; ``None`` stays ``None`` and is not counted.

    For the technical annex only (METHODS A9). ``ValueError`` for anything that is not a share from 0 to 1.
    """
    known = [(p, at) for at, p in enumerate(p_values) if p is not None]
    if not all(0 <= p <= 1 for p, _ in known):  # NaN fails too
        raise ValueError("A p-value is a share from 0 to 1")
    adjusted: list[float | None] = [None] * len(p_values)
    smallest = 1.0
    for rank, (p, at) in sorted(enumerate(sorted(known), start=1), reverse=True):
        smallest = min(smallest, p * len(known) / rank)
        adjusted[at] = smallest
    return tuple(adjusted)
