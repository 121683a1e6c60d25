"""Boring plain-Python twin of pooling: no numpy, the spread found by bisection, and REML by its own equation.

Slow and obvious on purpose. Nothing here is imported from ``models``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from tests.support.plain_estimation import bisect_root, t_multiplier


def weighted_mean(effects: Sequence[float], variances: Sequence[float], between: float) -> tuple[float, float, float]:
    """Mean, standard error, and the sum of weighted squares around it."""
    weights = [1 / (v + between) for v in variances]
    mean = sum(w * y for w, y in zip(weights, effects, strict=True)) / sum(weights)
    squares = sum(w * (y - mean) ** 2 for w, y in zip(weights, effects, strict=True))
    return mean, math.sqrt(1 / sum(weights)), squares


def _falls_to_zero(falling: Callable[[float], float]) -> float:
    if falling(0.0) <= 0:
        return 0.0
    high = 1.0
    while falling(high) > 0:
        high *= 2
    return bisect_root(falling, 0.0, high)


def paule_mandel(effects: Sequence[float], variances: Sequence[float]) -> float:
    """The spread at which the weighted squares equal k - 1."""
    return _falls_to_zero(lambda between: weighted_mean(effects, variances, between)[2] - (len(effects) - 1))


def restricted_likelihood(effects: Sequence[float], variances: Sequence[float]) -> float:
    """The spread where the derivative of the restricted log-likelihood is zero (REML)."""

    def slope(between: float) -> float:
        weights = [1 / (v + between) for v in variances]
        mean = weighted_mean(effects, variances, between)[0]
        trace = sum(weights) - sum(w * w for w in weights) / sum(weights)
        return sum((w * (y - mean)) ** 2 for w, y in zip(weights, effects, strict=True)) - trace

    return _falls_to_zero(slope)


def der_simonian_laird(effects: Sequence[float], variances: Sequence[float]) -> float:
    """The one-step spread, cut at zero."""
    weights = [1 / v for v in variances]
    excess = weighted_mean(effects, variances, 0.0)[2] - (len(effects) - 1)
    return max(0.0, excess / (sum(weights) - sum(w * w for w in weights) / sum(weights)))


def pool(effects: Sequence[float], variances: Sequence[float]) -> list[float]:
    """Mean, lower, upper, tau, prediction lower, prediction upper."""
    k, between = len(effects), paule_mandel(effects, variances)
    mean, error, squares = weighted_mean(effects, variances, between)
    half = t_multiplier(k - 1) * error * max(1.0, math.sqrt(squares / (k - 1)))
    reach = t_multiplier(k - 2) * math.sqrt(between + error**2)
    return [mean, mean - half, mean + half, math.sqrt(between), mean - reach, mean + reach]


def shrink(effects: Sequence[float], variances: Sequence[float]) -> list[tuple[float, float]]:
    """Shrunken estimate and its standard error, one by one."""
    between = paule_mandel(effects, variances)
    mean, error, _ = weighted_mean(effects, variances, between)
    found = []
    for effect, variance in zip(effects, variances, strict=True):
        kept = between / (between + variance)
        found.append((kept * effect + (1 - kept) * mean, math.sqrt(kept * variance + (1 - kept) ** 2 * error * error)))
    return found
