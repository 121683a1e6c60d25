"""What one made-up intervention gives: the night's estimate, grade and verdict beside the truth, and how they do.

Nothing is estimated here that the night does not estimate in the same way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.comparison import Found, Range
from models.evidence import Evidence, Grade, Measure, Verdict, decide_verdict, grade_evidence
from models.impact import find_difference
from models.outcomes import Cohort
from models.scores import Floats, t_multiplier


@dataclass(frozen=True)
class Accuracy:
    """How an estimator does against the truth, in points, over ``count`` studies in which it gave a figure."""

    count: int
    bias: float
    rmse: float
    coverage_rate: float
    above_zero_rate: float
    below_zero_rate: float
    half_width: float


@dataclass(frozen=True, eq=False)
class Result:
    """One study: the true effect, what the night found, and the bare gain, in points."""

    truth: float
    found: Found
    grade: Grade
    verdict: Verdict
    raw: Range


def estimate(cohort: Cohort, truth: float) -> Result:
    """What the night would find: estimate, grade and verdict on its own range; and the bare gain beside it."""
    found, _ = find_difference(cohort)
    lower, upper = found.ends
    graded = grade_evidence(
        Evidence(
            design=found.design,
            measure=Measure.STANDARDISED,
            treated_count=found.pupils.height,
            school_count=found.pupils["school_urn"].n_unique(),
            cohort_count=2,
            half_width_sd=None if lower is None or upper is None else (upper - lower) / 2,
            attrition_rate=0.0,
            differential_attrition_rate=0.0,
            baseline_smd=found.baseline_gap,
            dose_recorded_rate=1.0,
        )
    )
    gains = (cohort.ours["exit_score"] - cohort.ours["entry_score"]).to_numpy()
    least, most = found.claimed_ends
    verdict = decide_verdict(least, most, graded.grade)
    return Result(truth, found, graded.grade, verdict, _bare_range(gains))


def _bare_range(gains: Floats) -> Range:
    """Before and after as it is often told: the mean gain with a paired t interval."""
    mean, half = float(gains.mean()), t_multiplier(gains.size - 1) * float(gains.std(ddof=1)) / math.sqrt(gains.size)
    return mean, mean - half, mean + half


def accuracy_of(pairs: Sequence[tuple[float, Range | None]]) -> Accuracy:
    """Of (truth, range): those without a range are left out and not counted."""
    told = [(truth, found) for truth, found in pairs if found is not None]
    misses = [found[0] - truth for truth, found in told]
    return Accuracy(
        len(told),
        mean_of(misses),
        math.sqrt(mean_of([miss * miss for miss in misses])),
        share_of([found[1] <= truth <= found[2] for truth, found in told]),
        share_of([found[1] > 0 for _, found in told]),
        share_of([found[2] < 0 for _, found in told]),
        mean_of([(found[2] - found[1]) / 2 for _, found in told]),
    )


def mean_of(values: Sequence[float]) -> float:
    """0 of nothing: the page shows no figure where the count is 0."""
    return float(np.mean(values)) if values else 0.0


def share_of(hits: Sequence[bool]) -> float:
    """Share of hits; 0 of nothing."""
    return sum(hits) / len(hits) if hits else 0.0
