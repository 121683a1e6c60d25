"""Boring plain-Python twins of the rank methods: pairs counted one by one, the ordered logit by its own definition.

Slow and obvious on purpose. Nothing here is imported from ``models``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def beats(first: float, second: float) -> float:
    return 1.0 if first > second else 0.5 if first == second else 0.0


def superiority(
    ours: Sequence[float], theirs: Sequence[float], weights: Sequence[float] | None = None
) -> tuple[float, float, float]:
    """Share ahead, its standard error and degrees of freedom, over every pair of pupils."""
    raw = [1.0] * len(theirs) if weights is None else list(weights)
    share = [w / sum(raw) for w in raw]
    size = 1 / sum(w * w for w in share)
    ahead = [sum(w * beats(a, b) for w, b in zip(share, theirs, strict=True)) for a in ours]
    rate = sum(ahead) / len(ours)
    one = sum((a - rate) ** 2 for a in ahead) / (len(ours) - 1) / len(ours)
    behind = [sum(beats(a, b) for a in ours) / len(ours) for b in theirs]
    other = sum((w * (b - rate)) ** 2 for w, b in zip(share, behind, strict=True)) * size / (size - 1)
    freedom = (one + other) ** 2 / (one**2 / (len(ours) - 1) + other**2 / (size - 1))
    return rate, math.sqrt(one + other), freedom


def chances(cuts: Sequence[float], shift: float) -> list[float]:
    """Chance of each level of an ordered logit."""
    below = [1 / (1 + math.exp(-(cut - shift))) for cut in cuts]
    return [high - low for low, high in zip([0.0, *below], [*below, 1.0], strict=True)]


def expected_information(
    cuts: Sequence[float], slopes: Sequence[float], rows: Sequence[Sequence[float]]
) -> list[list[float]]:
    """Expected information at a point, every derivative by a small step either way."""
    place, step = [*cuts, *slopes], 1e-5
    size, k = len(place), len(cuts)

    def at(point: Sequence[float], row: Sequence[float]) -> list[float]:
        return chances(point[:k], sum(b * x for b, x in zip(point[k:], row, strict=True)))

    total = [[0.0] * size for _ in range(size)]
    for row in rows:
        slants = []
        for which in range(size):
            up, down = list(place), list(place)
            up[which], down[which] = up[which] + step, down[which] - step
            slants.append([(a - b) / (2 * step) for a, b in zip(at(up, row), at(down, row), strict=True)])
        here = at(place, row)
        for i in range(size):
            for j in range(size):
                total[i][j] += sum(a * b / p for a, b, p in zip(slants[i], slants[j], here, strict=True))
    return total
