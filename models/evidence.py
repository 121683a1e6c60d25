"""What may be said of an estimate: minimum numbers, evidence grade, verdict and translations (METHODS A12 to A14).

Codes only: the sentences are made by ``dashboards/wording.py``. The grade says how sure we are, whatever the
direction; the verdict says the direction. Estimates drawn towards the mean of their outcome are judged by the same
rules (``models/impact_pooling.py``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import NamedTuple

SMALLEST_NUMBER, WEAK_NUMBER, MODERATE_NUMBER, STRONG_NUMBER = 6, 10, 20, 45
STRONG_SCHOOLS, STRONG_COHORTS, MODERATE_SCHOOLS = 3, 2, 2
NO_DIFFERENCE_HALF_WIDTH_SD = 0.30
_SLACK = 1e-9  # 0.55 - 0.50 is a hair above 0.05 in floating point; a value at a limit is within it


class Allowance(StrEnum):
    """How much may be shown for a number of treated pupils with both scores."""

    TOO_FEW = "TOO_FEW"
    """Fewer than 6: nothing numeric."""
    CANNOT_TELL_SMALL = "CANNOT_TELL_SMALL"
    """6 to 9: that it ran, hours, difference in points with range; no effect size, months, percentile or unit cost."""
    WEAK_AT_MOST = "WEAK_AT_MOST"
    """10 to 19: adjusted points with range; grade at most weak."""
    MODERATE_AT_MOST = "MODERATE_AT_MOST"
    """20 to 44, or more in fewer than 3 schools: also effect size and percentile growth; grade at most moderate."""
    ALL = "ALL"
    """45 or more in 3 schools or more: everything; grade strong is possible."""


class Design(StrEnum):
    """What the pupils who took part were compared with."""

    BALANCED_COMPARISON = "BALANCED_COMPARISON"
    """Comparison pupils made similar by weights, then adjusted."""
    SCHOOL_MEANS = "SCHOOL_MEANS"
    """Whole schools compared with whole schools, adjusted for the baseline, not balanced."""
    NORM_REFERENCED = "NORM_REFERENCED"
    """The test's own norms, regression to the mean taken off."""
    NONE = "NONE"
    """Nothing: before and after only, or comparison pupils who could not be made similar."""


class Measure(StrEnum):
    """What kind of measure the scores are."""

    STANDARDISED_BLIND = "STANDARDISED_BLIND"
    """A standardised test, not scored by whoever delivered the intervention."""
    STANDARDISED = "STANDARDISED"
    """A standardised test."""
    SCHOOL_OWN = "SCHOOL_OWN"
    """The school's own, ordinal or goal-based measure, or different tests at entry and exit."""
    NO_MEASURE = "NO_MEASURE"
    """None."""


class Grade(StrEnum):
    """How sure we are, whatever the direction. Even A is not a trial: pupils were chosen, not drawn by lot."""

    A = "A"
    """Strong."""
    B = "B"
    """Moderate."""
    C = "C"
    """Weak."""
    D = "D"
    """None."""


class Cap(StrEnum):
    """What held the grade down."""

    NOTHING = "NOTHING"
    """Nothing did: the grade is A."""
    NUMBERS = "NUMBERS"
    """Too few pupils."""
    DESIGN = "DESIGN"
    """What the pupils were compared with."""
    PRECISION = "PRECISION"
    """The range is wide."""
    ATTRITION = "ATTRITION"
    """Many pupils, or more on one side, have no end score."""
    BASELINE = "BASELINE"
    """The groups did not start alike."""
    MEASURE = "MEASURE"
    """The measure."""
    REPLICATION = "REPLICATION"
    """Seen in few schools or only once."""
    DOSE = "DOSE"
    """What was delivered is not recorded for enough pupils."""


class Verdict(StrEnum):
    """Which way the result points, where it can be told."""

    AHEAD = "AHEAD"
    """The whole range is above zero."""
    BEHIND = "BEHIND"
    """The whole range is below zero."""
    NO_CLEAR_DIFFERENCE = "NO_CLEAR_DIFFERENCE"
    """The range holds zero and is narrow."""
    CANNOT_TELL = "CANNOT_TELL"
    """The range is too wide, or there is no evidence (grade D)."""


@dataclass(frozen=True)
class Evidence:
    """What the grade is made of. Rates are shares 0 to 1; ``None`` means not known, which counts as worst.

    ``baseline_smd`` is the standardised difference at the start after weighting, and is not asked of a
    norm-referenced design. ``differential_attrition_rate`` is treated minus comparison; of a design without
    comparison pupils give 0. ``cohort_count`` counts years or cohorts.
    """

    design: Design
    measure: Measure
    treated_count: int
    school_count: int
    cohort_count: int
    half_width_sd: float | None
    attrition_rate: float | None
    differential_attrition_rate: float | None
    baseline_smd: float | None
    dose_recorded_rate: float | None
    is_adjusted: bool = True


@dataclass(frozen=True)
class GradedEvidence:
    """The grade, what capped it first, and every cap that is as low."""

    grade: Grade
    reason_code: Cap
    reason_codes: tuple[Cap, ...] = ()


class MonthsBand(NamedTuple):
    """One row of the EEF table: effect sizes ``low`` to ``high``, both included, read as ``months``."""

    low: float
    high: float
    months: int


@dataclass(frozen=True)
class MonthsProgress:
    """Months of progress with their range; ``is_beyond_table`` says "12 or more" for the middle figure."""

    months: int
    lower_months: int
    upper_months: int
    is_beyond_table: bool


def allow_figures(treated_count: int, school_count: int) -> Allowance:
    """What may be shown for this many treated pupils with both scores in this many schools (METHODS A12)."""
    if treated_count < SMALLEST_NUMBER:
        return Allowance.TOO_FEW
    if treated_count < WEAK_NUMBER:
        return Allowance.CANNOT_TELL_SMALL
    if treated_count < MODERATE_NUMBER:
        return Allowance.WEAK_AT_MOST
    has_reach = treated_count >= STRONG_NUMBER and school_count >= STRONG_SCHOOLS
    return Allowance.ALL if has_reach else Allowance.MODERATE_AT_MOST


def grade_evidence(evidence: Evidence) -> GradedEvidence:
    """The worst cap wins (METHODS A13). A figure that is missing or NaN caps at D where the table has a D.

    Where nothing was compared there is no range and no start to be alike, and where no score is due none is missing:
    that there is no comparison says it all.
    """
    caps = {
        Cap.NUMBERS: _cap_numbers(evidence),
        Cap.DESIGN: _CAPS_BY_DESIGN[evidence.design],
        Cap.PRECISION: _cap_at(evidence.half_width_sd, 0.30, 0.50, 0.80),
        Cap.ATTRITION: max(
            _cap_at(evidence.attrition_rate, 0.20, 0.30, 0.40),
            _cap_at(evidence.differential_attrition_rate, 0.05, 0.10, 0.15),
        ),
        Cap.BASELINE: _cap_baseline(evidence),
        Cap.MEASURE: _CAPS_BY_MEASURE[evidence.measure],
        Cap.REPLICATION: _cap_replication(evidence),
        Cap.DOSE: _cap_dose(evidence.dose_recorded_rate),
    }
    if evidence.design is Design.NONE:
        unasked = {Cap.PRECISION, Cap.BASELINE} | ({Cap.ATTRITION} if evidence.attrition_rate is None else set())
        caps = {cap: grade for cap, grade in caps.items() if cap not in unasked}
    worst = max(caps.values())
    if worst is Grade.A:
        return GradedEvidence(Grade.A, Cap.NOTHING)
    lowest = tuple(cap for cap, grade in caps.items() if grade is worst)
    return GradedEvidence(worst, lowest[0], lowest)


_CAPS_BY_DESIGN = {
    Design.BALANCED_COMPARISON: Grade.A,
    Design.SCHOOL_MEANS: Grade.C,  # our decision: METHODS has no row for a comparison that is not balanced
    Design.NORM_REFERENCED: Grade.C,
    Design.NONE: Grade.D,
}
_CAPS_BY_MEASURE = {
    Measure.STANDARDISED_BLIND: Grade.A,
    Measure.STANDARDISED: Grade.B,
    Measure.SCHOOL_OWN: Grade.C,
    Measure.NO_MEASURE: Grade.D,
}
_CAPS_BY_ALLOWANCE = {
    Allowance.TOO_FEW: Grade.D,
    Allowance.CANNOT_TELL_SMALL: Grade.D,
    Allowance.WEAK_AT_MOST: Grade.C,
    Allowance.MODERATE_AT_MOST: Grade.B,
    Allowance.ALL: Grade.A,
}


def _cap_numbers(evidence: Evidence) -> Grade:
    return _CAPS_BY_ALLOWANCE[allow_figures(evidence.treated_count, evidence.school_count)]


def _cap_at(value: float | None, strong: float, moderate: float, weak: float) -> Grade:
    """The grade whose limit the size of ``value`` does not pass. Written so that NaN fails every limit."""
    size = math.nan if value is None else abs(value)
    for limit, grade in ((strong, Grade.A), (moderate, Grade.B), (weak, Grade.C)):
        if size <= limit + _SLACK:
            return grade
    return Grade.D


def _cap_baseline(evidence: Evidence) -> Grade:
    """What Works Clearinghouse: up to 0.05 fine, up to 0.25 with adjustment, beyond that no statement."""
    if evidence.design is Design.NORM_REFERENCED:
        return Grade.A
    limit = 0.25 if evidence.is_adjusted else 0.05
    return _cap_at(evidence.baseline_smd, limit, limit, limit)


def _cap_replication(evidence: Evidence) -> Grade:
    if evidence.school_count >= STRONG_SCHOOLS and evidence.cohort_count >= STRONG_COHORTS:
        return Grade.A
    return Grade.B if evidence.school_count >= MODERATE_SCHOOLS else Grade.C


def _cap_dose(recorded_rate: float | None) -> Grade:
    rate = recorded_rate or 0.0
    if rate >= 0.90 - _SLACK:
        return Grade.A
    return Grade.B if rate >= 0.75 - _SLACK else Grade.C


def decide_verdict(effect_lower: float | None, effect_upper: float | None, grade: Grade) -> Verdict:
    """The direction, from the 95% interval in standard deviations; grade D always "cannot tell"."""
    if grade is Grade.D or effect_lower is None or effect_upper is None:
        return Verdict.CANNOT_TELL
    if effect_lower > 0:
        return Verdict.AHEAD
    if effect_upper < 0:
        return Verdict.BEHIND
    is_narrow = (effect_upper - effect_lower) / 2 <= NO_DIFFERENCE_HALF_WIDTH_SD + _SLACK
    return Verdict.NO_CLEAR_DIFFERENCE if is_narrow else Verdict.CANNOT_TELL


def percentile_growth(g: float) -> float:
    """Places out of 100 that an average pupil would move: 100 (Phi(g) - 0.5). Negative for a loss."""
    return 100 * (NormalDist().cdf(g) - 0.5)


def read_months(
    g: float, effect_lower: float, effect_upper: float, bands: Sequence[MonthsBand]
) -> MonthsProgress | None:
    """EEF months for an effect with its interval; ``None`` while the 95% interval holds zero. Attainment only.

    ``bands`` is the EEF table (``seeds/reference/eef_months.csv``). Effects are rounded to two decimals first;
    negative ones mirror the table; above its last row the last number of months stands with a flag.
    """
    if not (effect_lower > 0 or effect_upper < 0):
        return None
    months, lower, upper = (_months_at(value, bands) for value in (g, effect_lower, effect_upper))
    return MonthsProgress(months, lower, upper, _hundredths(abs(g)) > max(_hundredths(band.high) for band in bands))


def _months_at(effect: float, bands: Sequence[MonthsBand]) -> int:
    size = _hundredths(abs(effect))
    months = max(band.months for band in bands if _hundredths(band.low) <= size)
    return int(math.copysign(months, effect)) if months else 0


def _hundredths(size: float) -> int:
    """Whole hundredths, halves away from zero, so that 0.095 and 0.10 read the same on every machine."""
    return int(math.copysign(math.floor(abs(size) * 100 + 0.5 + _SLACK), size))
