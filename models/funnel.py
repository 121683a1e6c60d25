"""Is a count further from what was expected than chance? Exact limits, over-dispersion, interval of O/E (METHODS D1).

Counts and expected numbers in, limits in pupils out. Plain floats and arrays; who is compared with whom is decided in
``models/identification.py``, what may be shown in ``models/disclosure.py``. SciPy is imported inside: it is slow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.proportions import Z95, Floats

LOWER, UPPER = (0.025, 0.001), (0.975, 0.999)
"""Tail points of the 95% and the 99.8% limits."""
Z998 = 3.090232306167813
"""99.9th percentile of the normal distribution: standard errors on each side of the 99.8% limits."""
WINSORISED = 0.10
FEWEST_SCHOOLS = 8
"""Below it the spread between schools cannot be told from chance and is not estimated."""


@dataclass(frozen=True)
class Limits:
    """Numbers of pupils between which 95 and 998 in 1,000 schools like this one would lie."""

    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True)
class Spread:
    """How much schools differ beyond chance. ``tau2``: on the arcsine scale, 0 where chance explains it."""

    schools_count: int
    phi: float | None
    tau2: float

    @property
    def is_wider_than_chance(self) -> bool:
        """True when the limits were widened."""
        return self.tau2 > 0


def poisson_interval(observed: int, expected: float) -> tuple[float, float]:
    """Exact 95% interval of observed over expected, the count taken as Poisson (Garwood 1936).

    Raises ``ValueError`` for a count below 0 or an expected number that is not above 0.
    """
    from scipy.stats import chi2

    if observed < 0 or expected <= 0:
        raise ValueError("A count is negative or nothing was expected")
    low = chi2.ppf(0.025, 2 * observed) / 2 if observed else 0.0
    return float(low) / expected, float(chi2.ppf(0.975, 2 * (observed + 1)) / 2) / expected


def exact_limits(expected: float, pupils: int) -> Limits:
    """Interpolated binomial limits of a count of ``pupils`` of whom ``expected`` were expected (Spiegelhalter 2005).

    Raises ``ValueError`` when not between nobody and everybody was expected.
    """
    if not 0 < expected < pupils:
        raise ValueError("Expected must lie between nobody and everybody")
    low_95, low_998 = (_interpolated(p, pupils, expected / pupils) for p in LOWER)
    high_95, high_998 = (_interpolated(p, pupils, expected / pupils) for p in UPPER)
    return Limits(low_95, high_95, low_998, high_998)


def _interpolated(p: float, n: int, target: float) -> float:
    """The count r - a: r the binomial quantile, a how far its probability overshoots p."""
    from scipy.stats import binom

    r = float(binom.ppf(p, n, target))
    reached = float(binom.cdf(r, n, target))
    before = float(binom.cdf(r - 1, n, target))
    return max(0.0, r - (reached - p) / (reached - before))


def find_spread(observed: Sequence[int], expected: Sequence[float], pupils: Sequence[int]) -> Spread:
    """The spread of schools around what was expected of each; winsorised phi, additive random effects.

    Sources: Spiegelhalter 2005; DerSimonian and Laird 1986; arcsine roots as in the R package FunnelPlotR. With fewer
    than eight schools nothing is estimated.
    """
    from scipy.stats import chi2

    k = len(observed)
    if k < FEWEST_SCHOOLS:
        return Spread(k, None, 0.0)
    n = np.asarray(pupils, dtype=np.float64)
    away = _root(np.asarray(observed) / n) - _root(np.asarray(expected) / n)
    weight = 4 * n
    z = away * np.sqrt(weight)
    low, high = np.quantile(z, (WINSORISED, 1 - WINSORISED))
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    if phi <= 1 or phi * k <= float(chi2.ppf(0.95, k - 1)):
        return Spread(k, phi, 0.0)
    tau2 = (k * phi - (k - 1)) / float(weight.sum() - (weight**2).sum() / weight.sum())
    return Spread(k, phi, max(0.0, tau2))


def wider_limits(expected: float, pupils: int, tau2: float) -> Limits:
    """The limits when schools differ by more than chance: normal on the arcsine root, chance and spread together."""
    middle, error = math.asin(math.sqrt(expected / pupils)), math.sqrt(1 / (4 * pupils) + tau2)
    ends = [pupils * math.sin(min(max(middle + side * z * error, 0.0), math.pi / 2)) ** 2
            for z in (Z95, Z998) for side in (-1, 1)]  # fmt: skip
    return Limits(*ends)


def limits_of(expected: float, pupils: int, spread: Spread) -> Limits:
    """Exact limits, or the wider ones where the schools differ by more than chance."""
    if spread.is_wider_than_chance:
        return wider_limits(expected, pupils, spread.tau2)
    return exact_limits(expected, pupils)


def expected_false_alarms(schools_count: int) -> float:
    """Schools that chance alone puts beyond the 99.8% limits."""
    return schools_count * 0.002


def _root(share: Floats) -> Floats:
    return np.arcsin(np.sqrt(share))
