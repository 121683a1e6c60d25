"""One intervention in each school: the school's own comparison, drawn towards the intervention's mean (METHODS A8).

Shown only where enough schools have enough pupils; otherwise words. The trust's estimate is ``models/impact.py``.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from expectations.derive import tabulate
from expectations.tables.impact_marts import MODEL_IMPACT__SCHOOL_ESTIMATES
from models.comparison import compare_pupils
from models.evidence import WEAK_NUMBER
from models.outcomes import OUTCOME, Cohort, cohort_of
from models.pooling import SMALLEST_POOL, pool_effects, shrink_effects

Figures = dict[str, Any]
_DIFFERENCE = ("difference_points", "lower_points", "upper_points")
_BLANK: Figures = dict.fromkeys(_DIFFERENCE)


def estimate_schools(
    model_impact__pupils: pl.DataFrame,
    model_interventions__starters: pl.DataFrame,
    model_impact__estimates: pl.DataFrame,
) -> pl.DataFrame:
    """MODEL_IMPACT__SCHOOL_ESTIMATES: one row for each intervention and school in which somebody started it.

    A school's estimate needs ten pupils with both scores, and five schools that have one; it is of the outcome that
    speaks for the intervention in the whole trust.
    """
    key = ["intervention_name", "assessment_name", "subject", "is_treated", "pupil_key"]
    people = model_impact__pupils.unique(key).sort(key)
    told = model_impact__estimates.select("intervention_name", *OUTCOME)
    cohorts = {
        str(name): cohort_of(part, None)
        for (name,), part in people.join(told, on=["intervention_name", *OUTCOME], nulls_equal=True)
        .sort(key)
        .group_by("intervention_name", maintain_order=True)
    }
    started = model_interventions__starters.filter("is_in_catalogue")
    ran = started.select("intervention_name", "school_urn").unique().sort(pl.all())
    rows: list[Figures] = []
    for (name,), part in ran.group_by("intervention_name", maintain_order=True):
        schools = part["school_urn"].to_list()
        rows += _estimate_one(str(name), schools, cohorts.get(str(name)))
    return tabulate(rows, MODEL_IMPACT__SCHOOL_ESTIMATES)


def _estimate_one(name: str, schools: list[str], cohort: Cohort | None) -> list[Figures]:
    """The rows of one intervention; words alone unless five schools have an estimate."""
    counts = {urn: 0 if cohort is None else cohort.ours.filter(school_urn=urn).height for urn in schools}
    large = [urn for urn in schools if counts[urn] >= WEAK_NUMBER]
    has_difference = cohort is not None and not cohort.scale.is_ordinal and cohort.unit != "SD"
    shown: dict[str, Figures] = {}
    if cohort is not None and has_difference and len(large) >= SMALLEST_POOL:
        shown = _draw_in(cohort, large)
    return [
        {
            "intervention_name": name,
            "school_urn": urn,
            "both_scores_count": counts[urn],
            "standing": _standing(urn in shown, counts[urn], has_difference, len(large)),
            **shown.get(urn, _BLANK),
        }
        for urn in schools
    ]


def _standing(is_shown: bool, count: int, has_difference: bool, large_count: int) -> str:
    if is_shown:
        return "SHOWN"
    if not has_difference:
        return "NO_ESTIMATE"
    if count < WEAK_NUMBER:
        return "TOO_FEW_PUPILS"
    return "TOO_FEW_SCHOOLS" if large_count < SMALLEST_POOL else "NO_ESTIMATE"


def _draw_in(cohort: Cohort, schools: list[str]) -> dict[str, Figures]:
    """Estimates of single schools drawn towards their mean, in the outcome's unit; none from fewer than five."""
    found = {}
    for urn in schools:
        part = cohort.within(urn)
        one = compare_pupils(part.ours, part.theirs, cohort.scale)
        if one.points is not None and one.error_points is not None:
            found[urn] = (one.points[0], one.error_points)
    effects = [points for points, _ in found.values()]
    variances = [error**2 for _, error in found.values()]
    drawn = shrink_effects(effects, variances, pool_effects(effects, variances))
    return {
        urn: dict(zip(_DIFFERENCE, (one.effect, one.lower, one.upper), strict=True))
        for urn, one in zip(found, drawn, strict=False)
    }
