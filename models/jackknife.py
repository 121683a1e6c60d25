"""How much a result hangs on any one school: the difference again with each school left out (METHODS A4, CV3).

A check beside the main estimate of ``models/adjustment.py``, worth having when few schools took part; never a figure of
its own for a page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.adjustment import Method, adjusted_difference, in_mixed_schools
from models.scores import FLAT, Floats, Reason, as_floats, t_multiplier

FEWEST_SCHOOLS = 4


@dataclass(frozen=True)
class Jackknife:
    """The difference in points with the range that schools left out in turn give it; ``None`` unless ``OK``.

    ``lowest_points`` and ``highest_points`` are the difference without the school that holds it up or down most.
    """

    reason_code: Reason
    school_count: int = 0
    points: float | None = None
    standard_error: float | None = None
    lower: float | None = None
    upper: float | None = None
    lowest_points: float | None = None
    highest_points: float | None = None


def delete_schools(
    exit_score: npt.ArrayLike,
    is_treated: npt.ArrayLike,
    covariates: npt.ArrayLike,
    school: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
) -> Jackknife:
    """Arguments as of ``adjusted_difference``. SE = sqrt((G-1)/G sum (b_g - b)^2), t with G - 1; needs 4 schools.

    The same covariates and weights are kept while a school is out. Source: MacKinnon, Nielsen and Webb 2023.
    """
    whole = adjusted_difference(exit_score, is_treated, covariates, school, weights)
    if whole.points is None:
        return Jackknife(whole.reason_code, whole.school_count)
    if whole.method is not Method.WITHIN_SCHOOLS:
        return Jackknife(Reason.SCHOOL_CONFOUNDED, whole.school_count)
    if whole.school_count < FEWEST_SCHOOLS:
        return Jackknife(Reason.TOO_FEW_SCHOOLS, whole.school_count)
    treated, labels = np.asarray(is_treated, dtype=np.bool_), np.asarray(school)
    table = as_floats(covariates).reshape(treated.size, -1)[:, whole.covariates_used]
    weight = np.where(in_mixed_schools(treated, labels), 1.0, 0.0)
    if weights is not None:
        weight[~treated] *= as_floats(weights)
        weight[~treated] *= weight[treated].sum() / weight[~treated].sum()
    scores, names = as_floats(exit_score), np.unique(labels[weight > 0])
    without = [_slope(scores, treated, table, labels, weight * (labels != name)) for name in names]
    found = [slope for slope in without if slope is not None]
    if len(found) < len(without):
        return Jackknife(Reason.TOO_FEW, whole.school_count)
    number = len(found)
    error = math.sqrt((number - 1) / number * sum((slope - whole.points) ** 2 for slope in found))
    if error <= FLAT:
        return Jackknife(Reason.NO_SPREAD, number)
    half = t_multiplier(number - 1) * error
    ends = (whole.points - half, whole.points + half)
    return Jackknife(Reason.OK, number, whole.points, error, *ends, min(found), max(found))


def _slope(
    scores: Floats, treated: npt.NDArray[np.bool_], table: Floats, labels: npt.NDArray[np.generic], weight: Floats
) -> float | None:
    """Weighted least-squares difference over the pupils of weight above 0; ``None`` where it is not determined."""
    kept = weight > 0
    dummies = (labels[kept, None] == np.unique(labels[kept])).astype(np.float64)
    rows = np.column_stack([treated[kept], table[kept] - table[kept].mean(axis=0), dummies])
    root = np.sqrt(weight[kept])[:, None]
    inverse = np.linalg.pinv(rows * root, rcond=1e-10)
    if abs(float(inverse[0] @ (rows * root)[:, 0]) - 1) > 1e-6:
        return None
    return float(inverse[0] @ (root[:, 0] * (scores[kept] - scores.mean())))
