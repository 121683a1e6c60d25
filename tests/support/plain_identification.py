"""Plain twins of the funnel, the spread and the stratified difference: loops and fractions, no arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction


def plain_limit(p: Fraction, n: int, share: Fraction) -> float:
    """The interpolated binomial limit in exact arithmetic."""
    reached, before = Fraction(0), Fraction(0)
    for r in range(n + 1):
        before, reached = reached, reached + math.comb(n, r) * share**r * (1 - share) ** (n - r)
        if reached >= p:
            return max(0.0, float(r - (reached - p) / (reached - before)))
    raise AssertionError("the probabilities do not reach p")


def plain_spread(observed: Sequence[int], expected: Sequence[float], pupils: Sequence[int]) -> tuple[float, float]:
    """(phi, tau2) from school to school."""
    from scipy.stats import chi2

    z = [
        2 * math.sqrt(n) * (math.asin(math.sqrt(o / n)) - math.asin(math.sqrt(e / n)))
        for o, e, n in zip(observed, expected, pupils, strict=True)
    ]
    low, high = _quantile(z, 0.1), _quantile(z, 0.9)
    k = len(z)
    phi = sum(min(max(one, low), high) ** 2 for one in z) / k
    if phi <= 1 or phi * k <= chi2.ppf(0.95, k - 1):
        return phi, 0.0
    w = [4 * n for n in pupils]
    return phi, max(0.0, (k * phi - (k - 1)) / (sum(w) - sum(one * one for one in w) / sum(w)))


def _quantile(values: Sequence[float], p: float) -> float:
    ordered = sorted(values)
    at = (len(ordered) - 1) * p
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def plain_gap(strata: Sequence[tuple[int, int, int, int]]) -> tuple[float, float]:
    """(fewer, error) in pupils from (hits, pupils, others' hits, others) by stratum: term by term."""
    used = [(a, n, c, m) for a, n, c, m in strata if n and m]
    weight = sum(n * m / (n + m) for _, n, _, m in used)
    difference = sum((a * m - c * n) / (n + m) for a, n, c, m in used) / weight
    first = sum(
        c * (n / (n + m)) ** 2 - a * (m / (n + m)) ** 2 + (n / (n + m)) * (m / (n + m)) * (m - n) / 2
        for a, n, c, m in used
    )
    second = sum(a * (m - c) / (n + m) + c * (n - a) / (n + m) for a, n, c, m in used) / 2
    error = math.sqrt(max(0.0, difference * first + second)) / weight
    pupils = sum(n for _, n, _, _ in used)
    return -difference * pupils, error * pupils
