"""The gain beyond regression to the mean, where there is no comparison (METHODS A6): arrays in, results out.

The estimate against comparison pupils is ``models/adjustment.py``. Which pupils and which scores count is decided by
``models/comparison.py``, what may be said of a result by ``models/evidence.py``. Every result carries a ``Reason``;
where it is not ``OK`` the figures are ``None``, never NaN. ``ValueError`` is kept for arrays that do not fit each
other, a fault of the caller.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.scores import Floats, Reason, as_floats, has_spread, t_multiplier

NORM_MEAN, NORM_SD = 100.0, 15.0
RETEST_SENSITIVITY = (0.7, 0.9)


@dataclass(frozen=True)
class NormReferencedGain:
    """Gain beyond the expected regression to the mean, in points, with its 95% interval.

    ``expected_points`` was taken off. ``effect_size`` is points / 15. ``alternatives`` holds (retest, points, lower,
    upper) at the other retest correlations.
    """

    reason_code: Reason
    retest: float
    pupil_count: int
    points: float | None = None
    lower: float | None = None
    upper: float | None = None
    standard_error: float | None = None
    degrees_of_freedom: int | None = None
    expected_points: float | None = None
    effect_size: float | None = None
    effect_lower: float | None = None
    effect_upper: float | None = None
    alternatives: tuple[tuple[float, float, float, float], ...] = ()


def expected_gain_from_selection(cut: float, mean: float = NORM_MEAN, sd: float = NORM_SD, r: float = 0.8) -> float:
    """Points that pupils chosen for scoring below ``cut`` gain with no effect: SD (1-r) phi(z)/Phi(z) (METHODS A6)."""
    from scipy.special import erfcx

    z = (cut - mean) / sd
    return sd * (1 - r) * math.sqrt(2 / math.pi) / float(erfcx(-z / math.sqrt(2)))


def norm_referenced_gain(entry: npt.ArrayLike, exit_score: npt.ArrayLike, retest: float = 0.8) -> NormReferencedGain:
    """Mean gain on a standardised test (mean 100, SD 15) less what regression to the mean alone would bring.

    The fallback where there is no comparison pool; caps the grade at weak. ``retest`` is from the test's manual.
    """
    before, after = as_floats(entry), as_floats(exit_score)
    if before.shape != after.shape:
        raise ValueError("Entry and exit scores differ in number")
    count, other_retests = before.size, [r for r in RETEST_SENSITIVITY if r != retest]
    gains = {r: after - before - (1 - r) * (NORM_MEAN - before) for r in (retest, *other_retests)}
    reason = _unusable_gains(count, gains)
    if reason is not None:
        return NormReferencedGain(reason, retest, count)
    points, lower, upper, error = _one_sample(gains[retest])
    others = tuple((r, *_one_sample(gains[r])[:3]) for r in other_retests)
    expected = float(((1 - retest) * (NORM_MEAN - before)).mean())
    sizes = (points / NORM_SD, lower / NORM_SD, upper / NORM_SD)
    return NormReferencedGain(
        Reason.OK, retest, count, points, lower, upper, error, count - 1, expected, *sizes, alternatives=others
    )


def _unusable_gains(count: int, gains: dict[float, Floats]) -> Reason | None:
    if count < 2:
        return Reason.TOO_FEW if count else Reason.NO_TREATED
    if not all(np.isfinite(values).all() for values in gains.values()):
        return Reason.NOT_FINITE
    return None if all(has_spread(values) for values in gains.values()) else Reason.NO_SPREAD


def _one_sample(values: Floats) -> tuple[float, float, float, float]:
    """Mean, 95% t interval and standard error."""
    mean, error = float(values.mean()), float(values.std(ddof=1)) / math.sqrt(values.size)
    half = t_multiplier(values.size - 1) * error
    return mean, mean - half, mean + half, error
