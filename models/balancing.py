"""Comparison pupils made similar to those who took part, by entropy balancing (METHODS A5).

Holds the weights and the rules by which they are accepted; choosing the pool is ``models/comparison.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.scores import FLAT, Floats, Reason, as_floats, find_missing_arm, has_spread

BALANCE_TOLERANCE = 0.01
LARGEST_WEIGHT = 0.10
SMALLEST_EFFECTIVE_SIZE = 10.0


@dataclass(frozen=True, eq=False)
class EntropyBalance:
    """Weights of the comparison pupils (in their order, sum 1), and whether they may be used.

    ``weights`` is ``None`` unless accepted. ``worst_gap`` is in standard deviations of the comparison pupils.
    """

    reason_code: Reason
    weights: Floats | None = None
    effective_size: float = 0.0
    largest_weight: float | None = None
    worst_gap: float | None = None
    covariate_count: int = 0

    @property
    def is_accepted(self) -> bool:
        """True when the comparison pupils may stand for the treated."""
        return self.reason_code is Reason.OK


def balance_comparison(
    comparison_covariates: npt.ArrayLike,
    treated_means: npt.ArrayLike,
    treated_count: int,
    base_weights: npt.ArrayLike | None = None,
) -> EntropyBalance:
    """Entropy balancing: weights of maximum entropy under which the comparison means equal ``treated_means``.

    ``comparison_covariates`` has a row per comparison pupil and a column per covariate; ``treated_count`` sets how
    large the effective comparison must be. ``base_weights`` (above 0) are what the weights stay nearest to, for rates
    over different times; ``None``: all alike. Never raises on constant, collinear or far-apart covariates.
    Source: Hainmueller 2012; acceptance rules METHODS A5.
    """
    means = np.atleast_1d(as_floats(treated_means))
    table = _table(comparison_covariates, means.size)
    reason = find_missing_arm(treated_count, len(table))
    if reason is None and not (np.isfinite(table).all() and np.isfinite(means).all()):
        reason = Reason.NOT_FINITE
    if reason is not None:
        return EntropyBalance(reason)
    varies = np.array([has_spread(column) for column in table.T])
    # A constant cannot be balanced, only matched: a gap there means that no comparison pupil is alike.
    if np.abs(table[0] - means)[~varies].max(initial=0.0) > FLAT * max(1.0, float(np.abs(means).max())):
        return EntropyBalance(Reason.NO_OVERLAP)
    spread = table[:, varies].std(axis=0)
    gaps = (table[:, varies] - means[varies]) / spread
    start = np.zeros(len(table)) if base_weights is None else np.log(as_floats(base_weights))
    weights = _entropy_weights(gaps, start)
    return _judge_weights(weights, gaps, treated_count, means.size)


def _entropy_weights(gaps: Floats, logs: Floats) -> Floats:
    """Softmax weights that minimise log-sum-exp of ``logs + gaps @ tilt``; its gradient is the weighted gap itself."""
    from scipy.optimize import minimize

    def weights_at(tilt: Floats) -> tuple[float, Floats]:
        score = logs + gaps @ tilt
        peak = score.max()
        raw = np.exp(score - peak)  # the peak is taken out first: plain exp overflows when groups do not overlap
        return float(peak + np.log(raw.sum())), raw / raw.sum()

    def dual(tilt: Floats) -> tuple[float, Floats]:
        value, weights = weights_at(tilt)
        return value, gaps.T @ weights

    start = np.zeros(gaps.shape[1])
    if start.size == 0:
        return weights_at(start)[1]
    options = {"ftol": 1e-15, "gtol": 1e-9, "maxiter": 2000}
    solved = minimize(dual, start, jac=True, method="L-BFGS-B", bounds=[(-30, 30)] * len(start), options=options)
    return weights_at(solved.x)[1]


def _judge_weights(weights: Floats, gaps: Floats, treated_count: int, covariate_count: int) -> EntropyBalance:
    worst = float(np.abs(weights @ gaps).max(initial=0.0))
    effective, largest = effective_size(weights), float(weights.max())
    reason = Reason.OK
    if not worst < BALANCE_TOLERANCE:
        reason = Reason.NO_OVERLAP
    elif not (
        effective * (1 + FLAT) >= max(SMALLEST_EFFECTIVE_SIZE, treated_count / 2) and largest <= LARGEST_WEIGHT + FLAT
    ):
        reason = Reason.THIN_COMPARISON
    kept = weights if reason is Reason.OK else None
    return EntropyBalance(reason, kept, effective, largest, worst, covariate_count)


def balance_in_turn(
    comparison_covariates: npt.ArrayLike,
    treated_means: npt.ArrayLike,
    treated_count: int,
    widths: Sequence[int],
    base_weights: npt.ArrayLike | None = None,
) -> EntropyBalance:
    """The first so many covariates that can be balanced, for each of ``widths`` in turn; else the last refusal.

    A refusal that fewer covariates would not mend is given at once.
    """
    means = np.atleast_1d(as_floats(treated_means))
    table = _table(comparison_covariates, means.size)
    for width in dict.fromkeys(widths):
        tried = balance_comparison(table[:, :width], means[:width], treated_count, base_weights)
        if tried.reason_code not in (Reason.NO_OVERLAP, Reason.THIN_COMPARISON):
            break
    return tried


def balance_or_baseline(
    comparison_covariates: npt.ArrayLike,
    treated_means: npt.ArrayLike,
    treated_count: int,
    base_weights: npt.ArrayLike | None = None,
) -> EntropyBalance:
    """All covariates, or the first (the baseline) alone when all cannot be balanced; else the refusal of that."""
    width = np.atleast_1d(as_floats(treated_means)).size
    return balance_in_turn(comparison_covariates, treated_means, treated_count, (width, min(width, 1)), base_weights)


def _table(covariates: npt.ArrayLike, column_count: int) -> Floats:
    table = as_floats(covariates)
    if table.ndim == 1 and column_count:
        table = table.reshape(-1, column_count)
    if table.ndim != 2 or table.shape[1] != column_count:
        raise ValueError("The covariates and the treated means differ in number")
    return table


def effective_size(weights: Floats) -> float:
    """Kish's effective number of pupils behind a set of weights: (sum w)^2 / sum w^2."""
    total = float(weights.sum())
    return total * total / float(np.square(weights).sum())
