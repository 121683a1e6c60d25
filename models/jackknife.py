"""How much a result hangs on any one school: the difference again with each school left out (METHODS A4, CV3).

A check beside the main estimate of ``models/adjustment.py``, worth having when few schools inform it: pupils of one
school resemble each other, so a few schools are fewer than their pupils. Only its range is ever published: the
difference without one named school would tell of that school.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.adjustment import Method, adjusted_difference, in_mixed_schools
from models.scores import FLAT, Floats, Reason, as_floats, t_multiplier

FEWEST_SCHOOLS, MOST_SCHOOLS = 4, 10
"""Schools between which the check is made: of fewer it says nothing, of more it adds nothing."""


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
    treated_weights: npt.ArrayLike | None = None,
) -> Jackknife:
    """Arguments as of ``adjusted_difference``. SE = sqrt((G-1)/G sum (b_g - b)^2), t with G - 1; needs 4 schools.

    The same covariates and weights are kept while a school is out. Source: MacKinnon, Nielsen and Webb 2023.
    """
    whole = adjusted_difference(exit_score, is_treated, covariates, school, weights, treated_weights)
    if whole.points is None:
        return Jackknife(whole.reason_code, whole.school_count)
    if whole.method is not Method.WITHIN_SCHOOLS:
        return Jackknife(Reason.SCHOOL_CONFOUNDED, whole.school_count)
    if whole.school_count < FEWEST_SCHOOLS:
        return Jackknife(Reason.TOO_FEW_SCHOOLS, whole.school_count)
    treated, labels = np.asarray(is_treated, dtype=np.bool_), np.asarray(school)
    table = as_floats(covariates).reshape(treated.size, -1)[:, whole.covariates_used]
    weight = np.where(in_mixed_schools(treated, labels), 1.0, 0.0)
    if treated_weights is not None:
        weight[treated] *= as_floats(treated_weights)
        weight[treated] *= whole.treated_count / weight[treated].sum()
    if weights is not None:
        weight[~treated] *= as_floats(weights)
        weight[~treated] *= weight[treated].sum() / weight[~treated].sum()
    scaled = (table - table.mean(axis=0)) / table.std(axis=0)
    rows, names = np.column_stack([treated, scaled, as_floats(exit_score)]), np.unique(labels[weight > 0])
    parts = [_within(rows[labels == name], weight[labels == name]) for name in names]
    without = [_slope(sum(parts) - part) for part in parts]
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


def _within(rows: Floats, weight: Floats) -> Floats:
    """Weighted cross products of a school's columns about their means: all that the school adds to the fit.

    A constant for every school takes exactly these means off, so schools may be added and taken away.
    """
    apart = rows - np.average(rows, axis=0, weights=weight)
    products: Floats = apart.T @ (apart * weight[:, None])
    return products


def _slope(products: Floats) -> float | None:
    """Least-squares coefficient of the first column on the last; ``None`` where it is not determined."""
    normal, right = products[:-1, :-1], products[:-1, -1]
    row = np.linalg.pinv(normal, rcond=1e-10, hermitian=True)[0]
    return float(row @ right) if abs(float(row @ normal[:, 0]) - 1) <= 1e-6 else None
