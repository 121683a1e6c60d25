"""The difference between a group and the others of the same strata, as a number of pupils (Mantel and Haenszel 1959).

Within each stratum a group's share is set beside the others'; strata count by how much they can tell. Sparse strata
are no harm, one-sided ones tell nothing and fall out. Arrays of counts in, one difference with its range out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.proportions import Z95


@dataclass(frozen=True)
class Gap:
    """By how many pupils fewer (above 0) or more (below 0) of the group are counted than like others would be.

    ``pupils``: of the group in strata that have others too; ``error``: the standard error of ``fewer``.
    """

    fewer: float
    error: float
    pupils: int
    others: int

    def within(self, z: float = Z95) -> tuple[float, float]:
        """The range of so many standard errors on each side."""
        return self.fewer - z * self.error, self.fewer + z * self.error


def find_gap(
    hits: Sequence[int], pupils: Sequence[int], other_hits: Sequence[int], other_pupils: Sequence[int]
) -> Gap | None:
    """The gap over all strata; ``None`` where no stratum has both. Variance: Sato 1989, good for few and for sparse.

    Raises ``ValueError`` when a count is negative or more than its group.
    """
    a, n, b, m = (np.asarray(given, dtype=np.float64) for given in (hits, pupils, other_hits, other_pupils))
    if not bool(((a >= 0) & (b >= 0) & (a <= n) & (b <= m)).all()):
        raise ValueError("A count is negative or more than its group")
    both = (n > 0) & (m > 0)
    if not both.any():
        return None
    a, n, b, m = a[both], n[both], b[both], m[both]
    total = n + m
    weight = n * m / total
    difference = float((a * m / total - b * n / total).sum() / weight.sum())
    p = (n**2 * b - m**2 * a + n * m * (m - n) / 2) / total**2
    q = (a * (m - b) + b * (n - a)) / (2 * total)
    variance = float((difference * p.sum() + q.sum()) / weight.sum() ** 2)
    of_group = float(n.sum())
    return Gap(-difference * of_group, math.sqrt(max(0.0, variance)) * of_group, int(of_group), int(m.sum()))
