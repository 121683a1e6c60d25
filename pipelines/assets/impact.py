"""Did it make a difference: pupils with scores, estimates against similar pupils, released figures."""

from __future__ import annotations

import polars as pl

from expectations.tables.impact import (
    MART_IMPACT__INTERVENTION,
    MART_IMPACT__SCHOOL,
    MODEL_IMPACT__ESTIMATES,
    MODEL_IMPACT__SCHOOL_DELIVERY,
)
from expectations.tables.impact_pupils import (
    MODEL_IMPACT__COMPARED,
    MODEL_IMPACT__PUPILS,
    MODEL_IMPACT__SCORES,
    MODEL_IMPACT__TREATED,
    MODEL_IMPACT__WINDOWS,
)
from models import impact
from pipelines.assets.declare import released_asset, sql_asset, table_asset
from pipelines.reference_data import date_of

model_impact__windows = sql_asset(MODEL_IMPACT__WINDOWS)
model_impact__scores = sql_asset(MODEL_IMPACT__SCORES)
model_impact__treated = sql_asset(MODEL_IMPACT__TREATED)
model_impact__compared = sql_asset(MODEL_IMPACT__COMPARED)
model_impact__pupils = sql_asset(MODEL_IMPACT__PUPILS)


@table_asset(MODEL_IMPACT__ESTIMATES)
def model_impact__estimates(
    model_impact__pupils: pl.DataFrame,
    model_interventions__group_dose: pl.DataFrame,
    model_interventions__starters: pl.DataFrame,
    core_interventions: pl.DataFrame,
) -> pl.DataFrame:
    return impact.estimate_interventions(
        model_impact__pupils, model_interventions__group_dose, model_interventions__starters, core_interventions
    )


@table_asset(MODEL_IMPACT__SCHOOL_DELIVERY)
def model_impact__school_delivery(
    model_interventions__group_dose: pl.DataFrame, model_interventions__starters: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    return impact.school_delivery(model_interventions__group_dose, model_interventions__starters, date_of(core_run))


@released_asset(MART_IMPACT__INTERVENTION)
def mart_impact__intervention(model_impact__estimates: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return impact.mart_impact__intervention_frame(model_impact__estimates, date_of(core_run))


@released_asset(MART_IMPACT__SCHOOL)
def mart_impact__school(model_impact__school_delivery: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return impact.mart_impact__school_frame(model_impact__school_delivery, date_of(core_run))
