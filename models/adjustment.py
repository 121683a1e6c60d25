"""The main estimate: exit scores of treated and comparison pupils, adjusted and compared (METHODS A4).

Weighted analysis of covariance with school fixed effects and HC3 errors, in plain linear algebra (equal to
statsmodels, whose import costs seconds); where whole schools took part, a comparison of adjusted school means.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from models.balancing import effective_size
from models.scores import (
    FLAT,
    Floats,
    Reason,
    as_floats,
    find_missing_arm,
    has_spread,
    pooled_sd,
    small_sample_factor,
    t_multiplier,
)

TREATED_PER_COVARIATE = 5
SCHOOLS_PER_SIDE = 4
_PINNED = 1e-8  # 1 - leverage below which a pupil is fitted exactly: alone in a school or alone with a trait


class Method(StrEnum):
    """How the difference was estimated."""

    WITHIN_SCHOOLS = "WITHIN_SCHOOLS"
    """Pupils compared within their own school, adjusted for their characteristics."""
    SCHOOL_MEANS = "SCHOOL_MEANS"
    """Schools that took part compared with schools that did not, adjusted for the baseline."""


@dataclass(frozen=True)
class AdjustedDifference:
    """Treated minus comparison at exit, in points and in standard deviations, each with its 95% interval.

    ``effect_size`` is J x points / ``pooled_sd`` (the unconditional SD of exit); its interval is scaled alike.
    ``baseline_smd`` is the weighted difference of the first covariate over its pooled SD. Every figure and count is of
    the pupils who inform the estimate: within schools those of mixed schools alone. ``covariates_used`` are column
    numbers. Figures are ``None`` unless ``reason_code`` is ``OK``.
    ``shares`` and ``deviations`` have an entry for each pupil who informs it, in the order given, within schools only:
    the pupil's weight in the difference (sum 1 over the treated, -1 over the others), and what the pupil's own
    residual adds to its error (root of the sum of squares: the standard error).
    """

    reason_code: Reason
    treated_count: int = 0
    comparison_count: int = 0
    school_count: int = 0
    effective_comparison_size: float = 0.0
    method: Method | None = None
    points: float | None = None
    standard_error: float | None = None
    lower: float | None = None
    upper: float | None = None
    degrees_of_freedom: float | None = None
    effect_size: float | None = None
    effect_lower: float | None = None
    effect_upper: float | None = None
    pooled_sd: float | None = None
    baseline_smd: float | None = None
    covariates_used: tuple[int, ...] = ()
    shares: Floats | None = field(default=None, compare=False, repr=False)
    deviations: Floats | None = field(default=None, compare=False, repr=False)

    def widened(self, times: float) -> AdjustedDifference:
        """The same with a standard error and ranges so many times as wide."""

        def apart(middle: float | None, end: float | None) -> float | None:
            return None if middle is None or end is None else middle + times * (end - middle)

        return replace(
            self,
            standard_error=apart(0.0, self.standard_error),
            lower=apart(self.points, self.lower),
            upper=apart(self.points, self.upper),
            effect_lower=apart(self.effect_size, self.effect_lower),
            effect_upper=apart(self.effect_size, self.effect_upper),
            deviations=None if self.deviations is None else times * self.deviations,
        )


@dataclass(frozen=True, eq=False)
class _Study:
    """Aligned arrays, one entry a pupil: the treated weigh 1 on average, the others together as much as they do."""

    exit_score: Floats
    treated: npt.NDArray[np.bool_]
    covariates: Floats
    school: npt.NDArray[np.int64]
    weight: Floats

    @property
    def treated_count(self) -> int:
        return int(self.treated.sum())


@dataclass(frozen=True, eq=False)
class _Fit:
    method: Method
    points: float
    error: float
    freedom: float
    used: tuple[int, ...]
    shares: Floats | None = None
    deviations: Floats | None = None


def in_mixed_schools(is_treated: npt.ArrayLike, school: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """True for pupils of schools that have treated and comparison pupils: only they inform one within schools."""
    treated, labels = np.asarray(is_treated, dtype=np.bool_), np.asarray(school)
    return np.isin(labels, np.intersect1d(labels[treated], labels[~treated]))


def adjusted_difference(
    exit_score: npt.ArrayLike,
    is_treated: npt.ArrayLike,
    covariates: npt.ArrayLike,
    school: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    treated_weights: npt.ArrayLike | None = None,
) -> AdjustedDifference:
    """Difference at exit between treated and comparison pupils, adjusted for where they started.

    ``covariates``: a row per pupil, the baseline first, then by falling importance; columns are dropped from the
    right until there are 5 treated pupils for each. ``school``: any labels. ``weights``: those of the comparison
    pupils only, in their order, sum 1 (``EntropyBalance.weights``); ``None`` weighs every pupil alike.
    ``treated_weights``: those of the treated in their order, above 0, for rates over different times.
    Pupils of schools with one kind of pupil only are left out; where that is every school, school means are compared
    if there are 4 schools a side.
    Raises ``ValueError`` for arrays that do not fit each other; anything else is a ``Reason``.
    """
    treated = np.asarray(is_treated, dtype=np.bool_)
    share = None if weights is None else as_floats(weights)
    own = np.ones(int(treated.sum())) if treated_weights is None else as_floats(treated_weights)
    table = as_floats(covariates)
    table = table.reshape(len(table), -1) if table.size else np.empty((treated.size, 0))
    scores, labels = as_floats(exit_score), np.asarray(school)
    if not treated.shape == scores.shape == labels.shape == table.shape[:1]:
        raise ValueError("Scores, groups, covariates and schools differ in number")
    if (share is not None and share.size != (~treated).sum()) or own.size != treated.sum():
        raise ValueError("One weight is needed for each pupil of a side")
    is_mixed = in_mixed_schools(treated, labels)
    is_within = bool(is_mixed.any())
    if is_within:
        share, own = None if share is None else share[is_mixed[~treated]], own[is_mixed[treated]]
        scores, treated, table, labels = scores[is_mixed], treated[is_mixed], table[is_mixed], labels[is_mixed]
    reason = _unusable(scores, treated, table, share)
    if reason is not None:
        return AdjustedDifference(reason, int(treated.sum()), int((~treated).sum()))
    weight = np.ones(treated.size)
    weight[treated] = own / own.mean()
    if share is not None:
        weight[~treated] = share / share.sum() * treated.sum()
    study = _Study(scores, treated, table, np.unique(labels, return_inverse=True)[1], weight)
    return _compare_within_schools(study) if is_within else _compare_school_means(study)


def _unusable(scores: Floats, treated: npt.NDArray[np.bool_], table: Floats, share: Floats | None) -> Reason | None:
    missing = find_missing_arm(int(treated.sum()), int((~treated).sum()))
    if missing is not None:
        return missing
    if not (np.isfinite(scores).all() and np.isfinite(table).all()):
        return Reason.NOT_FINITE
    if share is not None and not (np.isfinite(share).all() and (share >= 0).all() and share.sum() > 0):
        return Reason.NOT_FINITE
    if min(treated.sum(), (~treated).sum()) < TREATED_PER_COVARIATE:
        return Reason.TOO_FEW  # not even the baseline could be adjusted for
    return None if pooled_sd(scores[treated], scores[~treated]) else Reason.NO_SPREAD


def _compare_within_schools(study: _Study) -> AdjustedDifference:
    used = _covariates_kept(study.covariates, study.treated_count)
    chosen = study.covariates[:, used]
    scaled = (chosen - chosen.mean(axis=0)) / chosen.std(axis=0)
    dummies = (study.school[:, None] == np.arange(study.school.max() + 1)).astype(np.float64)
    design = np.column_stack([study.treated.astype(np.float64), scaled, dummies])
    fit = _regress(study.exit_score - study.exit_score.mean(), design, study.weight)
    if fit is None:
        return _describe(study, Reason.TOO_FEW)
    points, shares, deviations, coefficient_count = fit
    error = float(np.sqrt(np.square(deviations).sum()))
    sizes = (effective_size(study.weight[study.treated]), effective_size(study.weight[~study.treated]))
    freedom = sum(sizes) - coefficient_count
    if freedom < 1:
        return _describe(study, Reason.TOO_FEW)
    return _describe(study, _Fit(Method.WITHIN_SCHOOLS, points, error, freedom, used, shares, deviations))


def _covariates_kept(covariates: Floats, treated_count: int) -> tuple[int, ...]:
    """Columns that vary, from the left, at most one for every 5 treated pupils."""
    varying = [at for at, column in enumerate(covariates.T) if has_spread(column)]
    return tuple(varying[: treated_count // TREATED_PER_COVARIATE])


def _regress(outcome: Floats, design: Floats, weight: Floats) -> tuple[float, Floats, Floats, int] | None:
    """First coefficient, each row's share in it and in its HC3 error, the rank; ``None`` where it is not determined.

    Weighted least squares. A pupil fitted exactly (leverage 1) has no residual; it is harmless unless the first
    coefficient leans on it, and then the error cannot be known.
    """
    root = np.sqrt(weight)
    rows = design * root[:, None]
    inverse = np.linalg.pinv(rows, rcond=1e-10)
    resolved = inverse[0] @ rows
    if abs(resolved[0] - 1) > 1e-6 or np.abs(resolved[1:]).max(initial=0.0) > 1e-6:
        return None
    slope = inverse @ (root * outcome)
    residual = root * outcome - rows @ slope
    leverage = np.einsum("ij,ji->i", rows, inverse)
    pinned = 1 - leverage < _PINNED
    influence = inverse[0]
    if np.abs(influence[pinned]).max(initial=0.0) > 1e-6 * np.abs(influence).max():
        return None
    terms = np.where(pinned, 0.0, influence * residual / np.where(pinned, 1.0, 1 - leverage))
    return float(slope[0]), influence * root, terms, round(float(leverage.sum()))


def _compare_school_means(study: _Study) -> AdjustedDifference:
    """Difference of adjusted school means, t with G - 2; weights are not used, the school is the unit."""
    size = np.bincount(study.school)
    took_part = np.bincount(study.school, study.treated) > 0
    if min(took_part.sum(), (~took_part).sum()) < SCHOOLS_PER_SIDE:
        return _describe(study, Reason.SCHOOL_CONFOUNDED)
    means = np.bincount(study.school, study.exit_score) / size
    used = _covariates_kept(study.covariates[:, :1], study.treated_count)
    if used:
        baseline = study.covariates[:, 0]
        start = np.bincount(study.school, baseline) / size
        within = baseline - start[study.school]
        spread = float(np.square(within).sum())
        slope = float(within @ study.exit_score) / spread if has_spread(within) else 0.0
        means = means - slope * (start - baseline.mean())
    ours, theirs = means[took_part], means[~took_part]
    deviation = pooled_sd(ours, theirs)
    if deviation is None:
        return _describe(study, Reason.NO_SPREAD)
    error = deviation * math.sqrt(1 / ours.size + 1 / theirs.size)
    points = float(ours.mean() - theirs.mean())
    return _describe(study, _Fit(Method.SCHOOL_MEANS, points, error, means.size - 2, used))


def _describe(study: _Study, fit: _Fit | Reason) -> AdjustedDifference:
    """The result with what is known of the study; figures only where there is a fit and its error is real."""
    ours, theirs = study.exit_score[study.treated], study.exit_score[~study.treated]
    spread = pooled_sd(ours, theirs)
    counts = (
        study.treated_count, theirs.size, int(study.school.max()) + 1, effective_size(study.weight[~study.treated]),
    )  # fmt: skip
    if isinstance(fit, Reason):
        return AdjustedDifference(fit, *counts)
    if spread is None or fit.error <= FLAT * max(1.0, spread):
        return AdjustedDifference(Reason.NO_SPREAD, *counts)  # a perfect fit is not certainty
    half = t_multiplier(fit.freedom) * fit.error
    scale = small_sample_factor(ours.size + theirs.size - 2) / spread
    low, high = fit.points - half, fit.points + half
    sizes = (fit.points * scale, low * scale, high * scale)
    smd = _baseline_smd(study, fit.method)
    figures = (fit.points, fit.error, low, high, fit.freedom)
    parts = (fit.shares, fit.deviations)
    return AdjustedDifference(Reason.OK, *counts, fit.method, *figures, *sizes, spread, smd, fit.used, *parts)


def _baseline_smd(study: _Study, method: Method) -> float | None:
    """Difference of the first covariate after weighting, over its pooled SD; ``None`` where it has no spread."""
    if study.covariates.shape[1] == 0:
        return None
    ours, theirs = study.covariates[study.treated, 0], study.covariates[~study.treated, 0]
    weight = study.weight if method is Method.WITHIN_SCHOOLS else np.ones(study.treated.size)
    means = [np.average(part, weights=weight[side]) for part, side in ((ours, study.treated), (theirs, ~study.treated))]
    spread = pooled_sd(ours, theirs)
    return None if spread is None else float(means[0] - means[1]) / spread
