"""Boring plain-Python twins of the estimators: no numpy, no scipy, other routes to the same numbers.

Slow and obvious on purpose. Nothing here is imported from ``models``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist

STEPS = 800


def integrate(height: Callable[[float], float], low: float, high: float, steps: int = STEPS) -> float:
    """Simpson's rule."""
    width = (high - low) / steps
    total = height(low) + height(high)
    for step in range(1, steps):
        total += height(low + step * width) * (4 if step % 2 else 2)
    return total * width / 3


def bisect_root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses zero."""
    for _ in range(80):
        middle = (low + high) / 2
        if falling(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def pooled_sd(first: Sequence[float], second: Sequence[float]) -> float:
    squares = 0.0
    for arm in (first, second):
        middle = mean(arm)
        for value in arm:
            squares += (value - middle) ** 2
    return math.sqrt(squares / (len(first) + len(second) - 2))


def correction(freedom: int) -> float:
    """Hedges' J by the gamma function itself."""
    return math.gamma(freedom / 2) / (math.sqrt(freedom / 2) * math.gamma((freedom - 1) / 2))


def hedges(first: Sequence[float], second: Sequence[float]) -> float:
    return correction(len(first) + len(second) - 2) * (mean(first) - mean(second)) / pooled_sd(first, second)


def noncentral_t_below(t: float, freedom: int, shift: float) -> float:
    """P(T <= t) by averaging the normal over the distribution of the standard deviation."""
    normal = NormalDist()
    log_constant = math.log(2) + freedom / 2 * math.log(freedom / 2) - math.lgamma(freedom / 2)

    def height(s: float) -> float:
        if s <= 0:
            return 0.0
        return normal.cdf(t * s - shift) * math.exp(log_constant + (freedom - 1) * math.log(s) - freedom * s * s / 2)

    return integrate(height, 0.0, 1 + 12 / math.sqrt(freedom))


def hedges_interval(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    freedom = len(first) + len(second) - 2
    scale = math.sqrt(len(first) * len(second) / (len(first) + len(second)))
    t = (mean(first) - mean(second)) / pooled_sd(first, second) * scale
    reach = 8 * math.sqrt(1 + t * t / freedom)
    ends = [
        bisect_root(lambda shift, share=share: noncentral_t_below(t, freedom, shift) - share, t - reach, t + reach)
        for share in (0.975, 0.025)
    ]
    return correction(freedom) * ends[0] / scale, correction(freedom) * ends[1] / scale


def t_multiplier(freedom: float) -> float:
    """97.5th percentile of Student's t, by integrating its density from 0."""
    constant = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)

    def below(x: float) -> float:
        return integrate(lambda u: constant * (1 + u * u / freedom) ** (-(freedom + 1) / 2), 0, x, 2000)

    return bisect_root(lambda x: 0.475 - below(x), 0, 100)


def solve(matrix: list[list[float]], right: list[list[float]]) -> list[list[float]]:
    """Gauss-Jordan with the largest pivot."""
    size = len(matrix)
    work = [list(matrix[i]) + list(right[i]) for i in range(size)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda i: abs(work[i][column]))
        work[column], work[pivot] = work[pivot], work[column]
        work[column] = [value / work[column][column] for value in work[column]]
        for i in range(size):
            if i != column:
                factor = work[i][column]
                work[i] = [a - factor * b for a, b in zip(work[i], work[column], strict=True)]
    return [row[size:] for row in work]


def weighted_regression(
    outcome: Sequence[float], rows: Sequence[Sequence[float]], weights: Sequence[float]
) -> tuple[float, float]:
    """First coefficient and its HC3 standard error, by the normal equations."""
    size = len(rows[0])
    cross = [
        [sum(w * r[i] * r[j] for r, w in zip(rows, weights, strict=True)) for j in range(size)] for i in range(size)
    ]
    inverse = solve(cross, [[1.0 if i == j else 0.0 for j in range(size)] for i in range(size)])
    moments = [sum(w * r[i] * y for r, w, y in zip(rows, weights, outcome, strict=True)) for i in range(size)]
    slopes = [sum(inverse[i][j] * moments[j] for j in range(size)) for i in range(size)]
    variance = 0.0
    for r, w, y in zip(rows, weights, outcome, strict=True):
        projected = [sum(inverse[i][j] * r[j] for j in range(size)) for i in range(size)]
        leverage = w * sum(r[i] * projected[i] for i in range(size))
        residual = y - sum(r[i] * slopes[i] for i in range(size))
        variance += (w * projected[0] * residual / (1 - leverage)) ** 2
    return slopes[0], math.sqrt(variance)


def tilted_weights(baseline: Sequence[float], target: float) -> list[float]:
    """Entropy weights for one covariate: exp(tilt x), the tilt found by bisection."""

    def weights_at(tilt: float) -> list[float]:
        peak = max(tilt * x for x in baseline)
        raw = [math.exp(tilt * x - peak) for x in baseline]
        return [value / sum(raw) for value in raw]

    def short_of(tilt: float) -> float:
        return target - sum(w * x for w, x in zip(weights_at(tilt), baseline, strict=True))

    return weights_at(bisect_root(short_of, -5, 5))


def gain_beyond_chance(entry: Sequence[float], leaving: Sequence[float], retest: float) -> tuple[float, float, float]:
    """Mean and 95% interval of (exit - entry) less (1 - r)(100 - entry)."""
    gains = [b - a - (1 - retest) * (100 - a) for a, b in zip(entry, leaving, strict=True)]
    middle = mean(gains)
    deviation = math.sqrt(sum((g - middle) ** 2 for g in gains) / (len(gains) - 1))
    half = t_multiplier(len(gains) - 1) * deviation / math.sqrt(len(gains))
    return middle, middle - half, middle + half


def gain_from_selection(cut: float, centre: float, sd: float, retest: float) -> float:
    """(1 - r) x how far the mean of those below the cut lies under the mean of all, by integration."""
    normal = NormalDist(centre, sd)
    low = centre - 12 * sd
    below = integrate(normal.pdf, low, cut)
    return (1 - retest) * (centre - integrate(lambda x: x * normal.pdf(x), low, cut) / below)


def wilson(successes: int, n: int) -> tuple[float, float]:
    """The shares that a score test at 5% does not reject, by bisection."""
    z, share = NormalDist().inv_cdf(0.975), successes / n

    def excess(p: float) -> float:
        return abs(share - p) - z * math.sqrt(p * (1 - p) / n)

    low = 0.0 if successes == 0 else bisect_root(excess, 0.0, share)
    high = 1.0 if successes == n else bisect_root(lambda p: -excess(p), share, 1.0)
    return low, high
