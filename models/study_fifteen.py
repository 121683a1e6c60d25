"""Trusts of fifteen made-up interventions, pooled as the night pools them: how good the best one looks, and truly is.

The pupils are ``models/study_trusts.py``, one estimate is ``models/study_estimates.py``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.comparison import Range
from models.evidence import WEAK_NUMBER, Verdict, decide_verdict
from models.impact_pooling import more_careful
from models.pooling import Shrunken, pool_effects, shrink_effects
from models.study_estimates import Result, estimate, mean_of, share_of
from models.study_trusts import draw_pupils

TRUST_NUMBERS = (8, 10, 10, 12, 12, 15, 15, 18, 20, 20, 25, 25, 30, 35, 40)
"""Treated pupils of the fifteen interventions of a trust."""
TRUST_MEAN_POINTS, TRUST_SD_POINTS = 0.9, 1.5
"""True effects of a trust's interventions: 0.06 standard deviations on average, as 141 large trials; spread 0.10."""


@dataclass(frozen=True)
class Trusts:
    """Trusts of fifteen interventions: the one that looks best, and what is claimed. Points; rates are 0 to 1."""

    trusts: int
    best_apparent: float
    best_true: float
    best_drawn_in: float
    best_covered_rate: float
    best_drawn_in_covered_rate: float
    covered_rate: float
    drawn_in_covered_rate: float
    error: float
    drawn_in_error: float
    ahead_rate: float
    careful_ahead_rate: float
    any_ahead_rate: float
    any_careful_ahead_rate: float


def study_fifteen(trusts: int, seed: tuple[int, int], mean_points: float, sd_points: float) -> Trusts:
    """Trusts of fifteen interventions, pooled. Those without an estimate from a comparison have no part in it."""
    met = [_study_trust(np.random.default_rng([*seed, at]), mean_points, sd_points) for at in range(trusts)]
    pooled = [(results, drawn) for results, drawn in met if drawn]
    best = [max(zip(results, drawn, strict=True), key=_own_size) for results, drawn in pooled]
    every = [pair for results, drawn in pooled for pair in zip(results, drawn, strict=True)]
    own, careful = ([[_is_ahead(pair, is_careful=kind) for pair in zip(*trust, strict=True)] for trust in pooled]
                    for kind in (False, True))  # fmt: skip
    return Trusts(
        len(pooled),
        mean_of([_own(pair)[0] for pair in best]),
        mean_of([pair[0].truth for pair in best]),
        mean_of([_drawn_in(pair)[0] for pair in best]),
        share_of([_holds(_own(pair), pair) for pair in best]),
        share_of([_holds(_drawn_in(pair), pair) for pair in best]),
        share_of([_holds(_own(pair), pair) for pair in every]),
        share_of([_holds(_drawn_in(pair), pair) for pair in every]),
        math.sqrt(mean_of([(_own(pair)[0] - pair[0].truth) ** 2 for pair in every])),
        math.sqrt(mean_of([(_drawn_in(pair)[0] - pair[0].truth) ** 2 for pair in every])),
        share_of([is_ahead for trust in own for is_ahead in trust]),
        share_of([is_ahead for trust in careful for is_ahead in trust]),
        share_of([any(trust) for trust in own]),
        share_of([any(trust) for trust in careful]),
    )


_Pair = tuple[Result, Shrunken]


def _study_trust(
    draw: np.random.Generator, mean_points: float, sd_points: float
) -> tuple[list[Result], tuple[Shrunken, ...]]:
    """The interventions of one trust that were compared, and each drawn towards their mean; none of fewer than five."""
    effects = mean_points + sd_points * draw.standard_normal(len(TRUST_NUMBERS))
    results = [
        estimate(draw_pupils(draw, number, effect), effect)
        for number, effect in zip(TRUST_NUMBERS, effects.tolist(), strict=True)
    ]
    compared = [r for r in results if r.found.effect_variance is not None and r.found.pupils.height >= WEAK_NUMBER]
    sizes = [r.found.sizes[0] for r in compared if r.found.sizes]
    variances = [r.found.effect_variance or 0.0 for r in compared]
    return compared, shrink_effects(sizes, variances, pool_effects(sizes, variances))


def _own_size(pair: _Pair) -> float:
    return pair[0].found.sizes[0] if pair[0].found.sizes else -math.inf


def _own(pair: _Pair) -> Range:
    return pair[0].found.points or (0.0, 0.0, 0.0)


def _drawn_in(pair: _Pair) -> Range:
    """The drawn-in estimate in points."""
    unit = pair[0].found.one_sd or 0.0
    return pair[1].effect * unit, pair[1].lower * unit, pair[1].upper * unit


def _holds(found: Range, pair: _Pair) -> bool:
    return found[1] <= pair[0].truth <= found[2]


def _is_ahead(pair: _Pair, *, is_careful: bool) -> bool:
    """Whether the intervention is called ahead: on its own range, or as the night does after drawing it in."""
    result, drawn = pair
    if not is_careful:
        return result.verdict is Verdict.AHEAD
    drawn_in = decide_verdict(drawn.lower, drawn.upper, result.grade)
    return more_careful(result.verdict, drawn_in) is Verdict.AHEAD
