"""What interventions cost for what they change: options, pairs, proposals; their released figures."""

from __future__ import annotations

import polars as pl

from expectations.tables.cost_effectiveness import (
    CORE_COST_RATINGS,
    MART_COST_EFFECTIVENESS__CURVE,
    MART_COST_EFFECTIVENESS__OPTION,
    MART_COST_EFFECTIVENESS__PAIR,
    MODEL_COST_EFFECTIVENESS__OPTIONS,
    MODEL_COST_EFFECTIVENESS__PAIRS,
    MODEL_COST_EFFECTIVENESS__PUPILS,
    MODEL_COST_EFFECTIVENESS__REQUIRED,
)
from models import cost_effectiveness, cost_effectiveness_pairs, cost_effectiveness_rules
from models.disclosure import prepare
from pipelines import reference_data
from pipelines.assets.declare import released_asset, settings_asset, sql_asset, table_asset
from pipelines.night import Night
from pipelines.reference_data import date_of

model_cost_effectiveness__pupils = sql_asset(MODEL_COST_EFFECTIVENESS__PUPILS)
model_cost_effectiveness__required = sql_asset(MODEL_COST_EFFECTIVENESS__REQUIRED)


@settings_asset(CORE_COST_RATINGS)
def core_cost_ratings(_night: Night) -> pl.DataFrame:
    return reference_data.cost_ratings()


@table_asset(MODEL_COST_EFFECTIVENESS__OPTIONS)
def model_cost_effectiveness__options(
    model_impact__pupils: pl.DataFrame,
    model_impact__estimates: pl.DataFrame,
    model_cost_effectiveness__pupils: pl.DataFrame,
    core_cost_ratings: pl.DataFrame,
) -> pl.DataFrame:
    return cost_effectiveness.tell_options(
        model_impact__pupils, model_impact__estimates, model_cost_effectiveness__pupils, core_cost_ratings
    )


@table_asset(MODEL_COST_EFFECTIVENESS__PAIRS)
def model_cost_effectiveness__pairs(
    model_impact__pupils: pl.DataFrame,
    model_impact__estimates: pl.DataFrame,
    model_cost_effectiveness__pupils: pl.DataFrame,
    model_cost_effectiveness__options: pl.DataFrame,
) -> pl.DataFrame:
    return cost_effectiveness_pairs.pair_options(
        model_impact__pupils,
        model_impact__estimates,
        model_cost_effectiveness__pupils,
        model_cost_effectiveness__options,
    )


@released_asset(MART_COST_EFFECTIVENESS__OPTION)
def mart_cost_effectiveness__option(
    model_cost_effectiveness__options: pl.DataFrame,
    model_cost_effectiveness__pairs: pl.DataFrame,
    model_cost_effectiveness__required: pl.DataFrame,
    model_impact__estimates: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    proposed = cost_effectiveness_rules.propose(
        model_cost_effectiveness__options,
        model_cost_effectiveness__pairs,
        model_cost_effectiveness__required,
        model_impact__estimates,
    )
    return prepare(proposed, MART_COST_EFFECTIVENESS__OPTION, date_of(core_run))


@released_asset(MART_COST_EFFECTIVENESS__PAIR)
def mart_cost_effectiveness__pair(
    model_cost_effectiveness__pairs: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    pairs = cost_effectiveness_pairs.release_pairs(model_cost_effectiveness__pairs)
    return prepare(pairs, MART_COST_EFFECTIVENESS__PAIR, date_of(core_run))


@released_asset(MART_COST_EFFECTIVENESS__CURVE)
def mart_cost_effectiveness__curve(
    model_cost_effectiveness__pairs: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    curves = cost_effectiveness_pairs.release_curves(model_cost_effectiveness__pairs)
    return prepare(curves, MART_COST_EFFECTIVENESS__CURVE, date_of(core_run))
