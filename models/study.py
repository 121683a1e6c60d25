"""Simulation study of the impact estimates: made-up pupils through the real estimators, against the known truth.

Pure: a seed and a number of repeats in, figures out; the same seed gives the same figures. The pupils are
``models/study_trusts.py``, one estimate is ``models/study_estimates.py``, pools are ``models/study_fifteen.py``, the
page is ``models/study_page.py``. Comparison, grade, verdict and pooling are the night's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.comparison import Range
from models.estimation import norm_referenced_gain
from models.evidence import Design, Verdict
from models.study_estimates import Accuracy, accuracy_of, estimate, share_of
from models.study_fifteen import TRUST_MEAN_POINTS, TRUST_SD_POINTS, Trusts, study_fifteen
from models.study_trusts import BEND_POINTS, draw_pupils, draw_selected

NUMBERS = (6, 9, 12, 20, 30, 45, 60)
"""Treated pupils."""
EFFECT_POINTS = 4.0
"""The effect that is planted where there is one: about a quarter of the test's standard deviation."""
SELECTED_COUNT, SELECTED_CUT = 20, 85.0
RETESTS = (0.7, 0.8, 0.9)
TRUSTS_PER_REPEAT = 4
"""One trust of fifteen for every so many repeats."""
_NUMBERS, _KNOWN, _RETEST, _TRUSTS, _NULL_TRUSTS = range(5)  # which part a draw belongs to


@dataclass(frozen=True)
class AtNumber:
    """Studies with one number of treated pupils and one true effect. Rates are of all ``repeats``."""

    treated_count: int
    effect_points: float
    repeats: int
    ours: Accuracy
    compared: Accuracy
    by_norms: Accuracy
    raw: Accuracy
    ahead_rate: float
    behind_rate: float


@dataclass(frozen=True)
class AtRetest:
    """Gain beyond regression to the mean of pupils without an effect, at one assumed retest correlation."""

    retest: float
    accuracy: Accuracy


@dataclass(frozen=True)
class ImpactStudy:
    """The whole study, and what is needed to make it again."""

    repeats: int
    seed: int
    norms_hold: tuple[AtNumber, ...]
    without_effect: tuple[AtNumber, ...]
    with_effect: tuple[AtNumber, ...]
    known_to_teachers: AtNumber
    retests: tuple[AtRetest, ...]
    trusts: Trusts
    null_trusts: Trusts


def run_impact_study(repeats: int, seed: int) -> ImpactStudy:
    """Every part of the study. ``repeats`` studies for each number of pupils and effect; at least 8."""
    if repeats < 2 * TRUSTS_PER_REPEAT:
        raise ValueError("Eight repeats are the fewest")
    trusts = repeats // TRUSTS_PER_REPEAT
    return ImpactStudy(
        repeats,
        seed,
        tuple(study_number(number, 0.0, repeats, seed, bend_points=0.0) for number in NUMBERS),
        tuple(study_number(number, 0.0, repeats, seed) for number in NUMBERS),
        tuple(study_number(number, EFFECT_POINTS, repeats, seed) for number in NUMBERS),
        study_number(30, 0.0, repeats, seed, is_known_to_teachers=True),
        study_retests(repeats, seed),
        study_fifteen(trusts, (seed, _TRUSTS), TRUST_MEAN_POINTS, TRUST_SD_POINTS),
        study_fifteen(trusts, (seed, _NULL_TRUSTS), 0.0, 0.0),
    )


def study_number(
    treated_count: int,
    effect_points: float,
    repeats: int,
    seed: int,
    *,
    bend_points: float = BEND_POINTS,
    is_known_to_teachers: bool = False,
) -> AtNumber:
    """So many studies of one size, each with pupils of its own."""
    part = _KNOWN if is_known_to_teachers else _NUMBERS
    results = []
    for at in range(repeats):
        draw = np.random.default_rng([seed, part, treated_count, round(100 * effect_points), at])
        pupils = draw_pupils(
            draw, treated_count, effect_points, bend_points=bend_points, is_known_to_teachers=is_known_to_teachers
        )
        results.append(estimate(pupils, effect_points))
    compared = [r for r in results if r.found.design is Design.BALANCED_COMPARISON]
    by_norms = [r for r in results if r.found.design is Design.NORM_REFERENCED]
    return AtNumber(
        treated_count,
        effect_points,
        repeats,
        accuracy_of([(r.truth, r.found.points) for r in results]),
        accuracy_of([(r.truth, r.found.points) for r in compared]),
        accuracy_of([(r.truth, r.found.points) for r in by_norms]),
        accuracy_of([(r.truth, r.raw) for r in results]),
        share_of([r.verdict is Verdict.AHEAD for r in results]),
        share_of([r.verdict is Verdict.BEHIND for r in results]),
    )


def study_retests(repeats: int, seed: int) -> tuple[AtRetest, ...]:
    """Twenty pupils below 85 without an effect, on a test with true retest 0.8, at three assumed retests."""
    told: dict[float, list[tuple[float, Range | None]]] = {retest: [] for retest in RETESTS}
    for at in range(repeats):
        entry, leaving = draw_selected(np.random.default_rng([seed, _RETEST, at]), SELECTED_COUNT, SELECTED_CUT)
        for retest in RETESTS:
            gain = norm_referenced_gain(entry, leaving, retest)
            if gain.points is not None and gain.lower is not None and gain.upper is not None:
                told[retest].append((0.0, (gain.points, gain.lower, gain.upper)))
    return tuple(AtRetest(retest, accuracy_of(pairs)) for retest, pairs in told.items())
