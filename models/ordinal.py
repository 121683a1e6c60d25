"""Two groups on a scale that only ranks (METHODS A7): who would be ahead, and the odds adjusted for the start.

Arrays in, results out: levels, ages, bands and points are never averaged here. Which scales are ordinal is decided by
whoever calls. Every result carries a ``Reason``; where it is not ``OK`` the figures are ``None``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.balancing import effective_size
from models.proportions import Z95
from models.scores import Floats, Reason, as_floats, find_missing_arm, has_spread, t_multiplier

PUPILS_PER_SIDE = 2
TREATED_PER_COVARIATE = 5
_BEYOND_BELIEF = 10.0  # log-odds: a ratio of 22,000 is a model running away, not a finding
_STEPS = 100
_SETTLED = 1e-12
_LEANING = 1e-9


@dataclass(frozen=True)
class Superiority:
    """How often a treated pupil would be ahead of a comparison pupil, both drawn by lot; ties count half.

    Shares from 0 to 1 with a 95% interval; one half is no difference.
    """

    reason_code: Reason
    treated_count: int = 0
    comparison_count: int = 0
    rate: float | None = None
    lower: float | None = None
    upper: float | None = None
    standard_error: float | None = None
    degrees_of_freedom: float | None = None


@dataclass(frozen=True)
class OddsRatio:
    """Odds of ending above any given level, treated over comparison, with its 95% interval; 1 is no difference.

    ``log_ratio`` and ``standard_error`` are on the scale of log-odds.
    """

    reason_code: Reason
    treated_count: int = 0
    comparison_count: int = 0
    ratio: float | None = None
    lower: float | None = None
    upper: float | None = None
    log_ratio: float | None = None
    standard_error: float | None = None
    covariates_used: tuple[int, ...] = ()


def superiority(treated: npt.ArrayLike, comparison: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Superiority:
    """P(treated > comparison) + half P(equal): U over the product of the numbers, with Brunner and Munzel's error.

    ``weights`` are those of the comparison pupils, in their order (``EntropyBalance.weights``); ``None`` weighs all
    alike. The interval is made on the scale of log-odds, so it stays between 0 and 1; t with Satterthwaite's degrees
    of freedom. ``ValueError`` when weights and pupils differ in number.
    Source: Brunner and Munzel 2000; Konietschke and others 2012 (log-odds interval).
    """
    ours, theirs = as_floats(treated), as_floats(comparison)
    share = _shares(weights, theirs.size)
    counts = (ours.size, theirs.size)
    reason = _unusable(ours, theirs, share)
    if reason is not None:
        return Superiority(reason, *counts)
    ahead = _share_below(theirs, share, ours)  # of each treated pupil: the share of comparison pupils behind
    behind = 1 - _share_below(ours, np.full(ours.size, 1 / ours.size), theirs)
    rate = float(ahead.mean())
    if rate <= _LEANING or rate >= 1 - _LEANING:
        return Superiority(Reason.SEPARATED, *counts)
    size = effective_size(share)
    if size < PUPILS_PER_SIDE - _LEANING:
        return Superiority(Reason.THIN_COMPARISON, *counts)
    ours_variance = float(ahead.var(ddof=1)) / ours.size
    theirs_variance = float(np.square(share) @ np.square(behind - rate)) * size / (size - 1)
    error = math.sqrt(ours_variance + theirs_variance)
    if error <= _LEANING:
        return Superiority(Reason.NO_INTERVAL, *counts)
    freedom = error**4 / (ours_variance**2 / (ours.size - 1) + theirs_variance**2 / (size - 1))
    odds, half = math.log(rate / (1 - rate)), t_multiplier(freedom) * error / (rate * (1 - rate))
    return Superiority(Reason.OK, *counts, rate, _expit(odds - half), _expit(odds + half), error, freedom)


def _shares(weights: npt.ArrayLike | None, number: int) -> Floats:
    """Weights that sum to 1; those that cannot are left as they are and refused with a reason."""
    raw = np.ones(number) if weights is None else as_floats(weights)
    if raw.shape != (number,):
        raise ValueError("One weight is needed for each comparison pupil")
    total = raw.sum()
    return raw / total if math.isfinite(total) and total > 0 else raw


def _unusable(ours: Floats, theirs: Floats, share: Floats, smallest: int = PUPILS_PER_SIDE) -> Reason | None:
    missing = find_missing_arm(ours.size, theirs.size)
    if missing is not None:
        return missing
    if not all(np.isfinite(values).all() for values in (ours, theirs, share)) or not (share >= 0).all():
        return Reason.NOT_FINITE
    if not share.sum() > 0:
        return Reason.NOT_FINITE
    if min(ours.size, theirs.size) < smallest:
        return Reason.TOO_FEW
    return None if has_spread(np.concatenate([ours, theirs])) else Reason.NO_SPREAD


def _share_below(values: Floats, share: Floats, marks: Floats) -> Floats:
    """Of each mark: the share of ``values`` below it, with half of those equal to it."""
    order = np.argsort(values, kind="stable")
    summed = np.concatenate([[0.0], np.cumsum(share[order])])
    ranked = values[order]
    below, up_to = (summed[np.searchsorted(ranked, marks, side=side)] for side in ("left", "right"))
    return np.asarray((below + up_to) / 2)


def _expit(log_odds: float) -> float:
    """A share from log-odds, without overflow on either side."""
    return 1 / (1 + math.exp(-log_odds)) if log_odds >= 0 else 1 - 1 / (1 + math.exp(log_odds))


def proportional_odds(
    exit_ranks: npt.ArrayLike,
    is_treated: npt.ArrayLike,
    covariates: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
) -> OddsRatio:
    """Ordered logit of the level at exit on taking part, adjusted for covariates.

    ``exit_ranks``: numbers that rank the levels, at any distance. ``covariates``: a row per pupil, the baseline
    first; columns are dropped from the right until there are 5 treated pupils for each. ``weights``: those of the
    comparison pupils only, in their order, as in ``adjusted_difference``; with them the error is the sandwich, without
    them the expected information. Wald interval. ``ValueError`` for arrays that do not fit each other.
    Source: McCullagh 1980.
    """
    took_part, ranks = np.asarray(is_treated, dtype=np.bool_), as_floats(exit_ranks)
    table = as_floats(covariates)
    table = table.reshape(len(table), -1) if table.size else np.empty((took_part.size, 0))
    if not took_part.shape == ranks.shape == table.shape[:1]:
        raise ValueError("Levels, groups and covariates differ in number")
    share = _shares(weights, int((~took_part).sum()))
    counts = (int(took_part.sum()), int((~took_part).sum()))
    reason = _unusable(ranks[took_part], ranks[~took_part], share, TREATED_PER_COVARIATE)
    if reason is None and not np.isfinite(table).all():
        reason = Reason.NOT_FINITE
    if reason is not None:
        return OddsRatio(reason, *counts)
    used = tuple(at for at, column in enumerate(table.T) if has_spread(column))[: counts[0] // TREATED_PER_COVARIATE]
    chosen = table[:, used]
    scaled = (chosen - chosen.mean(axis=0)) / chosen.std(axis=0)
    if _is_told_by(took_part.astype(np.float64), scaled):
        return OddsRatio(Reason.NO_OVERLAP, *counts)
    weight = np.ones(took_part.size)
    weight[~took_part] = share * (counts[0] if weights is not None else counts[1])
    levels = np.unique(ranks, return_inverse=True)[1]
    fit = _fit_ordered(levels, np.column_stack([took_part, scaled]), weight, is_robust=weights is not None)
    if isinstance(fit, Reason):
        return OddsRatio(fit, *counts)
    slope, error = fit
    low, high = slope - Z95 * error, slope + Z95 * error
    return OddsRatio(Reason.OK, *counts, math.exp(slope), math.exp(low), math.exp(high), slope, error, used)


def _is_told_by(group: Floats, table: Floats) -> bool:
    """True where the covariates say exactly who took part, so that the two cannot be told apart."""
    design = np.column_stack([np.ones(group.size), table])
    left = group - design @ np.linalg.lstsq(design, group, rcond=None)[0]
    return float(np.square(left).sum()) < 1e-10 * group.size


def _fit_ordered(
    levels: npt.NDArray[np.int64], table: Floats, weight: Floats, *, is_robust: bool
) -> tuple[float, float] | Reason:
    """The first slope and its standard error, by Fisher's scoring with halved steps.

    The log-likelihood is concave (Pratt 1981), so a point where it is level is the answer. Where it is level only at
    infinity the groups are separated.
    """
    steps = int(levels.max())
    shares = np.cumsum(np.bincount(levels, weight))[:-1] / weight.sum()
    place = np.concatenate([np.log(shares / (1 - shares)), np.zeros(table.shape[1])])
    value, scores, information = _likelihood(place, levels, table, weight)
    for _ in range(_STEPS):
        gradient = weight @ scores
        move = np.linalg.pinv(information, hermitian=True) @ gradient
        if float(gradient @ move) < _SETTLED:
            break
        for _ in range(30):
            tried = _likelihood(place + move, levels, table, weight)
            if tried[0] >= value:
                break
            move = move / 2
        else:
            break
        place, (value, scores, information) = place + move, tried
        if abs(place[steps]) > _BEYOND_BELIEF:
            return Reason.SEPARATED
    else:
        return Reason.NO_FIT
    inverse = np.linalg.pinv(information, hermitian=True)
    spread = inverse @ (scores.T * np.square(weight)) @ scores @ inverse if is_robust else inverse
    error = math.sqrt(max(float(spread[steps, steps]), 0.0))
    return (float(place[steps]), error) if 0 < error < _BEYOND_BELIEF else Reason.SEPARATED


def _likelihood(
    place: Floats, levels: npt.NDArray[np.int64], table: Floats, weight: Floats
) -> tuple[float, Floats, Floats]:
    """Log-likelihood, each pupil's scores, and the expected information, at cut points and slopes.

    Cut points in the wrong order have no likelihood: minus infinity, and the step is halved.
    """
    steps = int(levels.max())
    cuts, slopes = place[:steps], place[steps:]
    number = levels.size
    if (np.diff(cuts) <= 0).any():
        return -math.inf, np.empty((number, place.size)), np.empty((place.size, place.size))
    log_odds = np.clip(cuts - (table @ slopes)[:, None], -500, 500)
    below = 1 / (1 + np.exp(-log_odds))
    slant = np.pad(below * (1 - below), ((0, 0), (1, 1)))
    chance = np.maximum(np.diff(below, axis=1, prepend=0.0, append=1.0), 1e-300)
    # How the chance of each level changes with each cut point and each slope.
    change = np.zeros((number, steps + 1, place.size))
    at = np.arange(steps)
    change[:, at, at], change[:, at + 1, at] = slant[:, at + 1], -slant[:, at + 1]
    change[:, :, steps:] = -np.diff(slant, axis=1)[:, :, None] * table[:, None, :]
    pupils = np.arange(number)
    own = chance[pupils, levels]
    scores = change[pupils, levels] / own[:, None]
    information = np.einsum("i,ijk,ijl->kl", weight, change / chance[:, :, None], change, optimize=True)
    return float(weight @ np.log(own)), scores, information
