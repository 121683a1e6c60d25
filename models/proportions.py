"""Shares of a group with honest ranges: Wilson, Newcombe, and the band that unknown answers leave (METHODS C).

Counts in, shares from 0 to 1 out. Whether a share may be shown is decided by ``models/disclosure.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Z95 = 1.959963984540054
"""97.5th percentile of the normal distribution: standard errors on each side of a 95% interval."""

BAND_LEADS_ABOVE = 0.10
"""Share of unknown answers above which a page leads with the band, not the rate."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RateBand:
    """The lowest and highest share that the unknown answers leave open; all of the group in the denominator."""

    lower_rate: float
    upper_rate: float
    unknown_rate: float

    @property
    def leads(self) -> bool:
        """True when more than a tenth is unknown: show the band, not the rate."""
        return self.unknown_rate > BAND_LEADS_ABOVE


def wilson(successes: int, n: int) -> tuple[float, float]:
    """95% Wilson interval of ``successes`` out of ``n``; of nobody, the whole range 0 to 1."""
    low, high = wilson_bounds(np.array([successes]), np.array([n]))
    return float(low[0]), float(high[0])


def wilson_bounds(successes: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    """95% Wilson intervals, element by element. Source: Wilson 1927; used by UKHSA's indicators.

    Raises ``ValueError`` for counts that are negative or more than their group.
    """
    hits, size = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    _refuse_impossible(bool(((hits >= 0) & (hits <= size)).all()))
    group = np.maximum(size, 1.0)
    share, square = hits / group, Z95 * Z95
    middle = (share + square / (2 * group)) / (1 + square / group)
    half = Z95 / (1 + square / group) * np.sqrt(share * (1 - share) / group + square / (4 * group * group))
    # At 0 and n the bound is exactly 0 or 1; rounding must not leave 1e-17 behind.
    low = np.where((hits == 0) | (size == 0), 0.0, middle - half)
    return low, np.where((hits == size) | (size == 0), 1.0, middle + half)


def newcombe(successes: int, n: int, other_successes: int, other_n: int) -> tuple[float, float]:
    """95% Newcombe interval of the difference between two shares, first minus second. Source: Newcombe 1998."""
    if n == 0 or other_n == 0:
        return -1.0, 1.0
    share, other = successes / n, other_successes / other_n
    low, high = wilson(successes, n)
    other_low, other_high = wilson(other_successes, other_n)
    difference = share - other
    return difference - math.hypot(share - low, other_high - other), difference + math.hypot(
        high - share, other - other_low
    )


def unknown_band(successes: int, unknown: int, n: int) -> RateBand | None:
    """The share if none, and if all, of the unknown were successes; ``None`` of nobody.

    Raises ``ValueError`` when successes and unknown are more than the group.
    """
    _refuse_impossible(successes >= 0 and unknown >= 0 and successes + unknown <= n)
    if n == 0:
        return None
    return RateBand(successes / n, (successes + unknown) / n, unknown / n)


def share_trend(scores: Sequence[float], successes: Sequence[int], n: Sequence[int]) -> float | None:
    """Cochran-Armitage z for a trend in shares over ordered groups; above 0 they rise. ``None`` when nothing varies.

    Source: Cochran 1954, Armitage 1955; ``scores`` are the years.
    """
    score, hits, size = (np.asarray(given, dtype=np.float64) for given in (scores, successes, n))
    _refuse_impossible(bool(((hits >= 0) & (hits <= size) & (size > 0)).all()))
    share = hits.sum() / size.sum()
    away = score - (size * score).sum() / size.sum()
    spread = share * (1 - share) * (size * away * away).sum()
    return None if spread <= 0 else float((hits * away).sum() / math.sqrt(spread))


def _refuse_impossible(is_possible: bool) -> None:
    if not is_possible:
        raise ValueError("A count is negative or more than its group")
