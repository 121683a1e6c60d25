"""What each intervention costs, for each pupil and each target met, and whether it can be set beside others.

Facts first: pounds before any word. A cost for each target met counts the cost of every pupil in scope, also of those
whose target failed or was never scored (METHODS B3). Two options side by side: ``models/cost_effectiveness_pairs.py``;
what is proposed: ``models/cost_effectiveness_rules.py``.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from expectations.derive import conform
from expectations.tables.cost_effectiveness import MODEL_COST_EFFECTIVENESS__OPTIONS, TARGET_COUNTS
from models.comparison import sides_of
from models.evidence import Design
from models.outcomes import OUTCOME, Cohort, cohort_of
from models.value_for_money import (
    COST_CONCENTRATED,
    FEW_MET,
    LARGEST_SHARE,
    NOT_RECORDED,
    SMALLEST_MET,
    SMALLEST_RECORDED_RATE,
)

SMALLEST_ARM = 20
"""Pupils on each side below which nothing is said of cost-effectiveness (METHODS B4)."""
SMALLEST_COSTED_SHARE = 0.5
"""Share of those who inform the estimate whose cost must be known: fewer do not speak for the rest."""
SMALLEST_SCOPE = 10
"""Pupils below which no cost is shown (METHODS E2, R4)."""

COMPARED, NO_DIFFERENCE, NO_EVIDENCE = "COMPARED", "NO_DIFFERENCE", "NO_EVIDENCE"
NOT_BALANCED, FEW_PUPILS, COST_NOT_RECORDED = "NOT_BALANCED", "FEW_PUPILS", "COST_NOT_RECORDED"
NO_TARGETS = "NO_TARGETS"
WITHOUT_DIFFERENCE = (None, "RANKS", "MONTHS", "SD")
"""Outcome units in which two options cannot be subtracted: none, ranks, ages, two different tests."""

_NAME = "intervention_name"
_COST = "cost_pence"
_KEY = [_NAME, "assessment_name", "subject", "is_treated", "pupil_key"]


def tell_options(
    model_impact__pupils: pl.DataFrame,
    model_impact__estimates: pl.DataFrame,
    model_cost_effectiveness__pupils: pl.DataFrame,
    core_cost_ratings: pl.DataFrame,
) -> pl.DataFrame:
    """MODEL_COST_EFFECTIVENESS__OPTIONS: one row for every intervention that has an estimate or a reason for none.

    Costs are whole pence. The order of rows changes nothing.
    """
    estimates = model_impact__estimates.unique(_NAME)
    costs = costs_of(model_cost_effectiveness__pupils)
    standings = _standings(cohorts_of(model_impact__pupils, estimates), estimates, costs)
    told = estimates.select(
        _NAME, "assessment_name", "subject", "outcome_unit", "costed_count", "cost_to_date_pence",
        "cost_to_date_largest_pence", "cost_to_date_second_pence",
    ).with_columns(standing=pl.col(_NAME).replace_strict(standings, return_dtype=pl.String))  # fmt: skip
    told = told.with_columns(
        pl.when(pl.col("costed_count") > 0)
        .then((pl.col("cost_to_date_pence") / pl.col("costed_count")).round(0))
        .cast(pl.Int64)
        .alias("cost_per_pupil_pence")
    )
    told = told.with_columns(cost_rating=_rating(core_cost_ratings))
    told = told.join(_targets(model_cost_effectiveness__pupils), on=_NAME, how="left")
    counts = [name for name in MODEL_COST_EFFECTIVENESS__OPTIONS.column_names if name.startswith("targets_")]
    told = told.with_columns(
        pl.col([name for name in counts if name.endswith("_count")]).fill_null(0),
        pl.when(pl.col("targets_scope_count").is_null())
        .then(pl.lit(NO_TARGETS))
        .otherwise(pl.col("targets_reason"))
        .alias("targets_reason"),
    )
    columns = MODEL_COST_EFFECTIVENESS__OPTIONS.column_names
    return conform(told.select(columns), MODEL_COST_EFFECTIVENESS__OPTIONS).sort(_NAME)


def cohorts_of(people: pl.DataFrame, estimates: pl.DataFrame) -> dict[str, Cohort]:
    """The pupils of each intervention on the outcome that speaks for it, by its name."""
    told = estimates.select(_NAME, *OUTCOME)
    ours = people.unique(_KEY).join(told, on=[_NAME, *OUTCOME], nulls_equal=True).sort(_KEY)
    return {str(name): cohort_of(part, None) for (name,), part in ours.group_by(_NAME, maintain_order=True)}


def costs_of(model_cost_effectiveness__pupils: pl.DataFrame) -> pl.DataFrame:
    """Each pupil's share of the group's cost, in pence (a fraction): intervention_name, pupil_key, cost_pence."""
    share = pl.col("group_cost_pence") / pl.col("group_pupils_count")
    return model_cost_effectiveness__pupils.select(_NAME, "pupil_key", share.alias(_COST)).drop_nulls()


def _standings(cohorts: dict[str, Cohort], estimates: pl.DataFrame, costs: pl.DataFrame) -> dict[str, str]:
    by_name = {str(name): part for (name,), part in costs.group_by(_NAME)}
    return {
        row[_NAME]: _standing(row, cohorts.get(row[_NAME]), by_name.get(row[_NAME])) for row in estimates.to_dicts()
    }


def _standing(row: dict[str, Any], cohort: Cohort | None, costs: pl.DataFrame | None) -> str:
    """The first thing that stands in the way of setting an option beside others."""
    if row["outcome_unit"] in WITHOUT_DIFFERENCE or cohort is None:
        return NO_DIFFERENCE
    if row["design"] == Design.NONE or row["grade"] == "D":
        return NO_EVIDENCE
    if row["design"] != Design.BALANCED_COMPARISON:
        return NOT_BALANCED
    ours = sides_of(cohort.ours, cohort.theirs).ours
    if min(ours.height, row["comparison_count"]) < SMALLEST_ARM:
        return FEW_PUPILS
    costed = 0 if costs is None else ours.join(costs, on="pupil_key", how="semi").height
    return COMPARED if costed >= max(SMALLEST_ARM, SMALLEST_COSTED_SHARE * ours.height) else COST_NOT_RECORDED


def _rating(ratings: pl.DataFrame) -> pl.Expr:
    """The EEF's word for the cost of a pupil: the first band that it does not pass."""
    cost, found = pl.col("cost_per_pupil_pence"), pl.lit(None, dtype=pl.String)
    for row in ratings.sort("cost_up_to_pence", descending=True, nulls_last=False).to_dicts():
        top = row["cost_up_to_pence"]
        is_within = cost.is_not_null() if top is None else cost <= top
        found = pl.when(is_within).then(pl.lit(row["cost_rating"])).otherwise(found)
    return found


def _targets(pupils: pl.DataFrame) -> pl.DataFrame:
    """Targets and their cost by intervention, over every pupil of the groups that work towards targets."""
    scope = pupils.filter("has_target_group").with_columns(
        cost=pl.col("group_cost_pence") / pl.col("group_pupils_count")
    )
    cost, scored = pl.col("cost"), pl.col("targets_scored_count")
    by_name = scope.group_by(_NAME).agg(
        pl.len().alias("targets_scope_count"),
        cost.count().alias("known"),
        pl.when(cost.is_not_null().any()).then(cost.sum().round(0)).cast(pl.Int64).alias("targets_cost_pence"),
        cost.max().round(0).cast(pl.Int64).alias("targets_cost_largest_pence"),
        cost.top_k(2)
        .sort(descending=True)
        .slice(1, 1)
        .sum()
        .round(0)
        .cast(pl.Int64)
        .alias("targets_cost_second_pence"),
        (pl.col("targets_set_count") > 0).sum().alias("targets_pupils_count"),
        (scored > 0).sum().alias("targets_scored_pupils_count"),
        *(pl.col(name).sum() for name in TARGET_COUNTS if "pupils" not in name),
        (pl.col("targets_set_count") - scored).sum().alias("targets_not_scored_count"),
    )
    met = pl.col("targets_met_count") + pl.col("targets_not_scored_count")
    judged = by_name.with_columns(met.alias("targets_met_or_not_scored_count"), targets_reason=_judge_targets())
    return judged.with_columns(
        _for_each("targets_met_or_not_scored_count", "cost_per_target_low_pence"),
        _for_each("targets_met_count", "cost_per_target_high_pence"),
    ).drop("known")


def _judge_targets() -> pl.Expr:
    """Why there is no cost for each target met; nothing where there is one."""
    is_known = (pl.col("known") >= SMALLEST_RECORDED_RATE * pl.col("targets_scope_count") - 1e-9) & (
        pl.col("targets_cost_pence") > 0
    )
    is_spread = pl.col("targets_cost_largest_pence") <= LARGEST_SHARE * pl.col("targets_cost_pence")
    return (
        pl.when(pl.col("targets_scope_count") < SMALLEST_SCOPE)
        .then(pl.lit(FEW_PUPILS))
        .when(pl.col("targets_met_count") < SMALLEST_MET)
        .then(pl.lit(FEW_MET))
        .when(~is_known.fill_null(False))
        .then(pl.lit(NOT_RECORDED))
        .when(~is_spread.fill_null(False))
        .then(pl.lit(COST_CONCENTRATED))
    )


def _for_each(outcomes: str, name: str) -> pl.Expr:
    cost = (pl.col("targets_cost_pence") / pl.col(outcomes)).round(0)
    return pl.when(pl.col("targets_reason").is_null()).then(cost).cast(pl.Int64).alias(name)
