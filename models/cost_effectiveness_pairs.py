"""Options with the same measure side by side: how much more one achieves and costs, and which is better value.

Each option's effect is its own adjusted difference from similar pupils, the figure that every other page shows, and its
cost is weighted by the same shares; the two options are then subtracted. Why not pupil against pupil:
``models/methods/cost_effectiveness.md``. A pupil in both options, or compared with in both, is one pupil in every draw.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Any

import numpy as np
import polars as pl

from expectations.derive import tabulate
from expectations.tables.cost_effectiveness import MODEL_COST_EFFECTIVENESS__PAIRS
from models.comparison import compare_pupils
from models.cost_effectiveness import COMPARED, cohorts_of, costs_of
from models.cost_effectiveness_draws import (
    Moments,
    better_value,
    cost_of_a_point,
    draw_deviations,
    normal_better_value,
    quadrants,
)
from models.outcomes import Cohort
from models.proportions import Z95
from models.scores import FLAT, Floats

STANDING_PRICE_PENCE = 10_000
"""What a point is taken to be worth where one figure is needed: 100 pounds. A decision of the trust, like any limit."""
PRICES_PENCE = tuple(range(0, 30_001, 2_000))
"""Prices of a point for which the chance of better value is told: 0 to 300 pounds."""
FURTHEST_AGES = 24.0
"""Months between the mean ages of two options' pupils beyond which they are not for the same pupils (METHODS A2)."""
AGES_APART, SAME_COST = "AGES_APART", "SAME_COST"

Figures = dict[str, Any]
_QUADRANTS = ("more_and_cheaper_rate", "more_and_dearer_rate", "less_and_cheaper_rate", "less_and_dearer_rate")
_BLANK = {column.name: None for column in MODEL_COST_EFFECTIVENESS__PAIRS.columns if not column.required}
_MEASURE = ("assessment_name", "subject", "outcome_unit", "scale")


@dataclass(frozen=True, eq=False)
class Option:
    """One intervention: effect in points, cost for each pupil in pence, mean age in months, pupils with a cost.

    ``people``: everybody who informs it, with what each adds to the error of the effect (``effect``) and of the cost
    (``cost``), the latter still to be taken ``cost_widening`` times: costs vary too little round their own mean.
    """

    name: str
    effect: float
    cost: float
    age_months: float
    costed_count: int
    people: pl.DataFrame

    @property
    def cost_widening(self) -> float:
        """Root of n / (n - 1) of the pupils with a cost."""
        return sqrt(self.costed_count / (self.costed_count - 1))


@dataclass(frozen=True, eq=False)
class Pair:
    """Two options, the first less the second, with the draws of both differences; ``reason``: why there is no plane."""

    first: Option
    second: Option
    measure: Figures
    reason: str | None
    moments: Moments
    effects: Floats
    costs: Floats

    @property
    def named(self) -> Figures:
        """Who they are, and how many pupils the smaller has, in tens: nobody can take it from another count."""
        return {
            "intervention_name": self.first.name,
            "other_intervention_name": self.second.name,
            "smaller_count": min(self.first.costed_count, self.second.costed_count) // 10 * 10,
        }


def pair_options(
    model_impact__pupils: pl.DataFrame,
    model_impact__estimates: pl.DataFrame,
    model_cost_effectiveness__pupils: pl.DataFrame,
    model_cost_effectiveness__options: pl.DataFrame,
) -> pl.DataFrame:
    """MODEL_COST_EFFECTIVENESS__PAIRS: every two options of one measure that may be set beside each other, by price.

    The order of rows changes nothing; the seed is fixed, so the same pupils give the same figures.
    """
    pairs = compare_options(
        model_impact__pupils, model_impact__estimates, model_cost_effectiveness__pupils,
        model_cost_effectiveness__options,
    )  # fmt: skip
    return tabulate([row for pair in pairs for row in _rows_of(pair)], MODEL_COST_EFFECTIVENESS__PAIRS)


def release_pairs(model_cost_effectiveness__pairs: pl.DataFrame) -> pl.DataFrame:
    """The rows of MART_COST_EFFECTIVENESS__PAIR: each pair once, at the standing price."""
    return model_cost_effectiveness__pairs.filter(paid_per_point_pence=STANDING_PRICE_PENCE)


def release_curves(model_cost_effectiveness__pairs: pl.DataFrame) -> pl.DataFrame:
    """The rows of MART_COST_EFFECTIVENESS__CURVE: every price of the pairs that have a plane."""
    return model_cost_effectiveness__pairs.filter(pl.col("pair_reason").is_null())


def compare_options(
    people: pl.DataFrame, estimates: pl.DataFrame, pupils: pl.DataFrame, options: pl.DataFrame
) -> list[Pair]:
    """Every pair of options of one measure whose standing is ``COMPARED``, in order of name."""
    standing = options.filter(standing=COMPARED).select("intervention_name").join(estimates, on="intervention_name")
    cohorts, costs = cohorts_of(people, standing), costs_of(pupils)
    by_measure: dict[tuple[Any, ...], list[Option]] = defaultdict(list)
    for row in standing.sort("intervention_name").to_dicts():
        name = row["intervention_name"]
        option = make_option(name, cohorts[name], costs.filter(intervention_name=name))
        if option is not None:
            by_measure[tuple(row[column] for column in _MEASURE)].append(option)
    return [
        pair
        for measure, listed in sorted(by_measure.items())
        if len(listed) > 1
        for pair in _pairs_of(listed, dict(zip(_MEASURE[:3], measure, strict=False)))
    ]


def make_option(name: str, cohort: Cohort, costs: pl.DataFrame) -> Option | None:
    """One option from its cohort and its pupils' costs; ``None`` where either says nothing.

    Pupils whose cost is not known are left out of the cost and stay in the effect: those of known cost speak for them.
    """
    found = compare_pupils(cohort.ours, cohort.theirs, cohort.scale)
    if found.informing is None or found.points is None:
        return None
    people = found.informing.join(costs.select("pupil_key", "cost_pence"), on="pupil_key", how="left")
    is_costed = pl.col("is_treated") & pl.col("cost_pence").is_not_null()
    costed = people.filter(is_costed)
    share = float(costed["share"].sum())
    if costed.height < 2 or not share > FLAT:
        return None
    cost = float((costed["share"] * costed["cost_pence"]).sum()) / share
    parts = people.select(
        "pupil_key", "school_urn", "is_treated", pl.col("deviation").alias("effect"),
        pl.when(is_costed).then(pl.col("share") * (pl.col("cost_pence") - cost) / share).otherwise(0.0).alias("cost"),
    )  # fmt: skip
    ages = people.filter("is_treated")["age_months"].cast(pl.Float64).to_numpy()
    return Option(name, found.points[0], cost, float(ages.mean()), costed.height, parts)


def _pairs_of(options: list[Option], measure: Figures) -> Iterator[Pair]:
    """All options of one measure are drawn together, so that a pupil of several is one pupil in each draw.

    Draws widen what they draw by themselves; the formula's deviations are widened here, so that neither is twice.
    """
    deviations, strata = _together(options)
    drawn = draw_deviations(deviations, strata)
    deviations = deviations * [times for option in options for times in (1.0, option.cost_widening)]
    covariance = deviations.T @ deviations
    for i, j in combinations(range(len(options)), 2):
        first, second = options[i], options[j]
        contrast = np.zeros((2, 2 * len(options)))
        contrast[0, [2 * i, 2 * j]] = contrast[1, [2 * i + 1, 2 * j + 1]] = (1, -1)
        spread = contrast @ covariance @ contrast.T
        moments = Moments(
            first.effect - second.effect, first.cost - second.cost, float(spread[0, 0]), float(spread[1, 1]),
            float(spread[0, 1]),
        )  # fmt: skip
        effects, costs = (contrast @ drawn.T) + np.array([[moments.effect], [moments.cost]])
        yield Pair(first, second, measure, _why_no_plane(first, second, moments), moments, effects, costs)


def _together(options: list[Option]) -> tuple[Floats, list[str]]:
    """A row a pupil: what the pupil adds to each option's effect and cost, and the pupil's school and arm.

    The arm is the first option by name in which the pupil took part, or that of pupils compared with.
    """
    people = pl.concat(
        option.people.with_columns(option=pl.lit(place, dtype=pl.Int64)) for place, option in enumerate(options)
    )
    arm = pl.col("option").filter("is_treated").min().fill_null(-1)
    school = pl.col("school_urn").sort_by(pl.col("is_treated"), descending=True).first()
    rows = people.sort("pupil_key", "option", "school_urn").group_by("pupil_key", maintain_order=True)
    pupils = rows.agg(arm.alias("arm"), school).with_row_index("at")
    placed = people.join(pupils.select("pupil_key", "at"), on="pupil_key")
    deviations = np.zeros((pupils.height, 2 * len(options)))
    for offset, column in enumerate(("effect", "cost")):
        places = (placed["at"].to_numpy(), 2 * placed["option"].to_numpy() + offset)
        np.add.at(deviations, places, placed[column].to_numpy())
    return deviations, [f"{arm} {school}" for arm, school in pupils.select("arm", "school_urn").iter_rows()]


def _why_no_plane(first: Option, second: Option, moments: Moments) -> str | None:
    if abs(first.age_months - second.age_months) > FURTHEST_AGES:
        return AGES_APART
    largest = max(abs(first.cost), abs(second.cost), 1.0)
    is_alike = abs(moments.cost) <= FLAT * largest and moments.cost_variance <= (FLAT * largest) ** 2
    return SAME_COST if is_alike else None


def _rows_of(pair: Pair) -> Iterator[Figures]:
    """The rows of a pair: no figure at all of pupils of other ages, no plane where the cost is the same for all."""
    row = _BLANK | pair.named | pair.measure | {"pair_reason": pair.reason}
    if pair.reason == AGES_APART:
        yield row | {"paid_per_point_pence": STANDING_PRICE_PENCE}
        return
    row |= _differences(pair.moments)
    if pair.reason is None:
        row |= _plane(pair)
    prices = PRICES_PENCE if pair.reason is None else (STANDING_PRICE_PENCE,)
    for price, chance in zip(prices, better_value(pair.effects, pair.costs, prices), strict=True):
        yield row | {
            "paid_per_point_pence": price,
            "better_value_rate": chance,
            "normal_better_value_rate": normal_better_value(pair.moments, price),
        }


def _differences(moments: Moments) -> Figures:
    far, wide = Z95 * sqrt(moments.effect_variance), Z95 * sqrt(moments.cost_variance)
    return {
        "more_points": moments.effect,
        "more_lower_points": moments.effect - far,
        "more_upper_points": moments.effect + far,
        "dearer_pence": round(moments.cost),
        "dearer_lower_pence": round(moments.cost - wide),
        "dearer_upper_pence": round(moments.cost + wide),
    }


def _plane(pair: Pair) -> Figures:
    ratio = cost_of_a_point(pair.moments)
    ends = {"ratio_pence": ratio.middle, "ratio_lower_pence": ratio.lower, "ratio_upper_pence": ratio.upper}
    return {
        **dict(zip(_QUADRANTS, quadrants(pair.effects, pair.costs), strict=True)),
        "shared_correlation": pair.moments.correlation,
        "ratio_reason": ratio.reason,
        **{name: None if end is None else round(end) for name, end in ends.items()},
    }
