"""Boring plain-Python twins of goals, ratio gain, reliable change and the tipping point."""

from __future__ import annotations

import math
from collections.abc import Sequence


def goal_attainment(levels: Sequence[int], weights: Sequence[float]) -> float:
    """The score over the standard deviation that weighted goals with correlation 0.3 would have, pair by pair."""
    top, variance = 0.0, 0.0
    for i, (level, weight) in enumerate(zip(levels, weights, strict=True)):
        top += weight * level
        for j, other in enumerate(weights):
            variance += weight * other * (1.0 if i == j else 0.3)
    return 50 + 10 * top / math.sqrt(variance)


def ratio_gain(gained: Sequence[float], between: Sequence[float]) -> float:
    """Each pupil's own ratio, weighed by the months that went by."""
    return sum((g / b) * b for g, b in zip(gained, between, strict=True)) / sum(between)


def tips(points: float, measured: int, missing: int, lower: float) -> float:
    """The difference of all when the missing stand ``lower`` points below the measured: pupil by pupil."""
    everyone = [points] * measured + [points - lower] * missing
    return sum(everyone) / len(everyone)
