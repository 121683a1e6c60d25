"""Measures that belong to one pupil or only describe (METHODS A7): goals, ratio gain, reliable change.

Nothing here is an effect: none of it has a comparison. Levels, months and scores in, results out; every result carries
a ``Reason`` and where it is not ``OK`` the figures are ``None``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median

from models.evidence import SMALLEST_NUMBER, WEAK_NUMBER
from models.proportions import Z95
from models.scores import Reason, as_floats

GOAL_CORRELATION = 0.3
"""Assumed correlation between a pupil's goals."""
AS_HOPED = 50.0
"""Goal attainment T when every goal is reached as expected."""
_SLACK = 1e-9


class BrooksBand(StrEnum):
    """Brooks's words for a ratio gain. 1.0 is ordinary growth; regression to the mean is in it in full."""

    DOUBTFUL = "DOUBTFUL"
    """Below 1.4."""
    MODEST = "MODEST"
    """1.4 to below 2."""
    USEFUL = "USEFUL"
    """2 to below 3: twice the ordinary rate is what can reasonably be expected."""
    SUBSTANTIAL = "SUBSTANTIAL"
    """3 to below 4."""
    REMARKABLE = "REMARKABLE"
    """4 or more."""


class Change(StrEnum):
    """What one pupil's two scores say, against the test's own error."""

    RISEN = "RISEN"
    """Higher by more than the test's error explains."""
    FALLEN = "FALLEN"
    """Lower by more than the test's error explains."""
    WITHIN_CHANCE = "WITHIN_CHANCE"
    """The test's error alone could bring this change."""


@dataclass(frozen=True)
class GoalSummary:
    """Goal attainment T of a group: achieved, and at the start for those who have both. 50 is "as expected"."""

    reason_code: Reason
    pupils_count: int
    with_start_count: int = 0
    median: float | None = None
    mean: float | None = None
    start_median: float | None = None
    start_mean: float | None = None
    mean_change: float | None = None


@dataclass(frozen=True)
class RatioGain:
    """Months gained for each month that went by, of a group. ``band`` is ``None`` below ten pupils."""

    reason_code: Reason
    pupils_count: int
    ratio: float | None = None
    months_gained: float | None = None
    months_between: float | None = None
    band: BrooksBand | None = None


@dataclass(frozen=True)
class ReliableChange:
    """One pupil's change over the error of a difference between two sittings. For the pupil's school only.

    ``needed_points``: a change beyond it, up or down, is more than the test's error explains 95 times in 100.
    Regression to the mean is not taken off: a pupil chosen for a low score rises some way without help.
    """

    reason_code: Reason
    change: Change | None = None
    points: float | None = None
    needed_points: float | None = None
    index: float | None = None


def goal_attainment(levels: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """T of one pupil's goals: 50 + 10 sum(w x) / sqrt(0.7 sum w^2 + 0.3 (sum w)^2), x from -2 to 2.

    ``ValueError`` for no goals, levels that are not whole numbers from -2 to 2, or weights that are not positive or
    differ in number. Source: Kiresuk and Sherman 1968; Turner-Stokes 2009 with its erratum.
    """
    importance = [1.0] * len(levels) if weights is None else list(weights)
    if not levels or len(importance) != len(levels):
        raise ValueError("Give at least one goal, and one weight for each")
    if not all(level in (-2, -1, 0, 1, 2) for level in levels):
        raise ValueError("A goal's level is a whole number from -2 to 2")
    if not all(0 < weight < math.inf for weight in importance):
        raise ValueError("A goal's weight is above 0")
    heaviest = max(importance)
    importance = [weight / heaviest for weight in importance]  # only their proportions matter
    total = sum(weight * level for weight, level in zip(importance, levels, strict=True))
    squares = sum(weight * weight for weight in importance)
    width = math.sqrt((1 - GOAL_CORRELATION) * squares + GOAL_CORRELATION * sum(importance) ** 2)
    return AS_HOPED + 10 * total / width


def summarise_goals(achieved: Sequence[float], start: Sequence[float | None] | None = None) -> GoalSummary:
    """T scores of a group, one a pupil: achieved, and at the start where it was scored (``None``: it was not).

    Nothing below six pupils; start and change only of the six or more who have both.
    ``ValueError`` when the two differ in number.
    """
    before = [None] * len(achieved) if start is None else list(start)
    if len(before) != len(achieved):
        raise ValueError("Give a start, or None, for each pupil")
    number = len(achieved)
    if not number:
        return GoalSummary(Reason.NO_TREATED, 0)
    pairs = [(first, last) for first, last in zip(before, achieved, strict=True) if first is not None]
    if not all(map(math.isfinite, [*achieved, *(first for first, _ in pairs)])):
        return GoalSummary(Reason.NOT_FINITE, number)
    if number < SMALLEST_NUMBER:
        return GoalSummary(Reason.TOO_FEW, number, len(pairs))
    middle, average = float(median(achieved)), fmean(achieved)
    if len(pairs) < SMALLEST_NUMBER:
        return GoalSummary(Reason.OK, number, len(pairs), middle, average)
    starts = [first for first, _ in pairs]
    change = fmean(last - first for first, last in pairs)
    return GoalSummary(
        Reason.OK, number, len(pairs), middle, average, float(median(starts)), fmean(starts), change
    )  # fmt: skip


def ratio_gain(months_gained: Sequence[float], months_between: Sequence[float]) -> RatioGain:
    """Sum of the months gained on an age scale over the sum of the months between the tests; one of each a pupil.

    A ratio of sums: a mean of ratios would give most say to whoever was tested twice in a short time. Describes only;
    nothing below six pupils. ``ValueError`` when the two differ in number. Source: Brooks 2016 (bands from memory,
    not read in a text at hand).
    """
    gained, between = as_floats(months_gained), as_floats(months_between)
    if gained.shape != between.shape:
        raise ValueError("Give months gained and months between for each pupil")
    number = gained.size
    if not number:
        return RatioGain(Reason.NO_TREATED, 0)
    total, time = float(gained.sum()), float(between.sum())
    if not (math.isfinite(total) and math.isfinite(time)):
        return RatioGain(Reason.NOT_FINITE, number)
    if not (between > 0).all():
        return RatioGain(Reason.NO_TIME_BETWEEN, number)
    if number < SMALLEST_NUMBER:
        return RatioGain(Reason.TOO_FEW, number)
    ratio = total / time
    return RatioGain(Reason.OK, number, ratio, total, time, band_of(ratio) if number >= WEAK_NUMBER else None)


def band_of(ratio: float) -> BrooksBand:
    """Brooks's word for a ratio gain; a value at a limit belongs to the band above it."""
    for limit, band in _BANDS:
        if ratio >= limit - _SLACK:
            return band
    return BrooksBand.DOUBTFUL


_BANDS = (
    (4.0, BrooksBand.REMARKABLE),
    (3.0, BrooksBand.SUBSTANTIAL),
    (2.0, BrooksBand.USEFUL),
    (1.4, BrooksBand.MODEST),
)


def reliable_change(
    entry: float | None, exit_score: float | None, sd: float = 15.0, retest: float = 0.9
) -> ReliableChange:
    """(exit - entry) / (SD sqrt(2 (1 - r))), told beyond 1.96 either way: 13 points at SD 15 and r 0.9.

    ``ValueError`` for an SD that is not above 0 or a retest correlation outside 0 to below 1: both are settings.
    Source: Jacobson and Truax 1991.
    """
    if not (0 < sd < math.inf and 0 <= retest < 1):
        raise ValueError("The standard deviation is above 0 and the retest correlation from 0 to below 1")
    if entry is None or exit_score is None or not math.isfinite(entry) or not math.isfinite(exit_score):
        return ReliableChange(Reason.NOT_FINITE)
    error = sd * math.sqrt(2 * (1 - retest))
    points = exit_score - entry
    index = points / error
    change = Change.WITHIN_CHANCE if abs(index) <= Z95 else Change.RISEN if index > 0 else Change.FALLEN
    return ReliableChange(Reason.OK, change, points, Z95 * error, index)
