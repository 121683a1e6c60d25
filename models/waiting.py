"""How long until half have got there, with those who still wait counted: Kaplan and Meier's estimate, in a few lines.

Plain arrays in; how long each case was watched and whether the wait ended then. METHODS F. Tests hold the estimate
against SciPy's and statsmodels'.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.proportions import Z95

HALF = 0.5
_SPARE = 1e-9
"""A share of one half that floating point left a hair above it is one half."""


@dataclass(frozen=True)
class Curve:
    """The share still waiting after each day on which a wait ended, with its 95% range (log-log)."""

    days: npt.NDArray[np.float64]
    still_waiting: npt.NDArray[np.float64]
    lower: npt.NDArray[np.float64]
    upper: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Median:
    """The day by which half have got there; ``None`` where fewer than half have. ``cases`` were watched.

    ``lower_days`` and ``upper_days`` are the ends of the 95% range; ``None`` where the range has no end yet.
    """

    cases: int
    days: int | None
    lower_days: int | None
    upper_days: int | None


def still_waiting(watched_days: npt.ArrayLike, is_ended: npt.ArrayLike) -> Curve:
    """The curve of cases watched for so many days, each ended then or still open. Whoever is open on a day is at risk.

    Raises ``ValueError`` for arrays of different length or days below 0.
    """
    days, ended = np.asarray(watched_days, dtype=np.float64), np.asarray(is_ended, dtype=bool)
    if days.shape != ended.shape or not bool((days >= 0).all()):
        raise ValueError("Each case needs its days, 0 or more, and whether its wait ended")
    times, endings = np.unique(days[ended], return_counts=True)
    at_risk = days.size - np.searchsorted(np.sort(days), times, side="left")
    share = np.cumprod(1.0 - endings / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):  # once nobody waits there is nothing to be unsure of
        variance = np.cumsum(endings / (at_risk * (at_risk - endings)))
        spread = Z95 * np.sqrt(variance) / np.abs(np.log(share))
        lower, upper = share ** np.exp(spread), share ** np.exp(-spread)
    is_over = share <= 0
    return Curve(times, share, np.where(is_over, 0.0, lower), np.where(is_over, 0.0, upper))


def median_wait(watched_days: npt.ArrayLike, is_ended: npt.ArrayLike) -> Median:
    """The median of the curve, and where its 95% range crosses one half (Brookmeyer and Crowley 1982)."""
    curve = still_waiting(watched_days, is_ended)
    cases = int(np.asarray(watched_days).size)
    return Median(
        cases, *(_first_at_half(curve.days, line) for line in (curve.still_waiting, curve.lower, curve.upper))
    )


def _first_at_half(days: npt.NDArray[np.float64], line: npt.NDArray[np.float64]) -> int | None:
    reached = np.flatnonzero(line <= HALF + _SPARE)
    return int(days[reached[0]]) if reached.size else None
