"""Pupils without an end score: how many, more on which side, and what they would have to be like (METHODS A10).

Counts and an estimate in, results out. What a share of missing scores does to the grade is ``models/evidence.py``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from models.scores import Reason


@dataclass(frozen=True)
class Attrition:
    """Shares without an end score, 0 to 1. ``differential_rate`` is treated minus comparison.

    A rate of nobody is ``None``, and so is the difference without comparison pupils.
    """

    reason_code: Reason
    started_count: int
    missing_count: int
    rate: float | None = None
    comparison_rate: float | None = None
    differential_rate: float | None = None


@dataclass(frozen=True)
class TippingPoint:
    """How much lower the missing treated pupils would have to be, against the treated who were measured.

    ``points`` below 0 means higher: the estimate is negative and would turn positive. ``None`` with a reason where
    nobody is missing or there is no sign to turn.
    """

    reason_code: Reason
    missing_count: int
    points: float | None = None


def count_attrition(
    started_count: int, measured_count: int, comparison_count: int = 0, comparison_measured_count: int = 0
) -> Attrition:
    """Of those who started and of those they are compared with: the share without the scores that are needed.

    ``ValueError`` when more were measured than there are, or a count is negative.
    """
    for group, measured in ((started_count, measured_count), (comparison_count, comparison_measured_count)):
        if not 0 <= measured <= group:
            raise ValueError("More pupils were measured than there are")
    missing = started_count - measured_count
    rate = missing / started_count if started_count else None
    other = 1 - comparison_measured_count / comparison_count if comparison_count else None
    if rate is None:
        return Attrition(Reason.NO_TREATED, 0, 0, None, other)
    if other is None:
        return Attrition(Reason.NO_COMPARISON, started_count, missing, rate)
    return Attrition(Reason.OK, started_count, missing, rate, other, rate - other)


def tipping_points(points: float | None, measured_count: int, missing_count: int) -> TippingPoint:
    """How far below the measured the missing treated pupils must be for the sign of ``points`` to change.

    ``points`` is the adjusted difference of the ``measured_count`` treated pupils with both scores. With the missing
    at ``d`` points below them the difference of all is points - d x missing / all, which is zero at
    d = points x all / missing. The comparison is left as it is. ``ValueError`` for a negative count.
    """
    if min(measured_count, missing_count) < 0:
        raise ValueError("A count is negative")
    if points is None or not math.isfinite(points):
        return TippingPoint(Reason.NOT_FINITE, missing_count)
    if not measured_count:
        return TippingPoint(Reason.NO_TREATED, missing_count)
    if not missing_count:
        return TippingPoint(Reason.NOBODY_MISSING, 0)
    if points == 0:
        return TippingPoint(Reason.NO_DIFFERENCE, missing_count)
    return TippingPoint(Reason.OK, missing_count, points * (measured_count + missing_count) / missing_count)
