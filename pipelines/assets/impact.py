"""Did it make a difference: pupils with scores, estimates against similar pupils, released figures."""

from __future__ import annotations

import polars as pl

from expectations.tables.impact import MART_IMPACT__INTERVENTION, MODEL_IMPACT__ESTIMATES
from expectations.tables.impact_delivery import (
    MART_IMPACT__SCHOOL,
    MART_IMPACT__YEAR,
    MODEL_IMPACT__SCHOOL_DELIVERY,
    MODEL_IMPACT__YEARS,
)
from expectations.tables.impact_marts import (
    CORE_EFFECT_MONTHS,
    MART_IMPACT__DOMAIN,
    MART_IMPACT__PUPIL,
    MART_IMPACT__SCHOOL_ESTIMATE,
    MODEL_IMPACT__DOMAINS,
    MODEL_IMPACT__SCHOOL_ESTIMATES,
)
from expectations.tables.impact_pupils import (
    MODEL_IMPACT__COMPARED,
    MODEL_IMPACT__PUPILS,
    MODEL_IMPACT__SCORES,
    MODEL_IMPACT__TREATED,
    MODEL_IMPACT__WINDOWS,
)
from models import impact, impact_delivery, impact_pooling, impact_schools, impact_single_pupils
from pipelines import reference_data
from pipelines.assets.declare import released_from, settings_asset, sql_asset, table_asset
from pipelines.night import Night
from pipelines.reference_data import date_of

model_impact__windows = sql_asset(MODEL_IMPACT__WINDOWS)
model_impact__scores = sql_asset(MODEL_IMPACT__SCORES)
model_impact__treated = sql_asset(MODEL_IMPACT__TREATED)
model_impact__compared = sql_asset(MODEL_IMPACT__COMPARED)
model_impact__pupils = sql_asset(MODEL_IMPACT__PUPILS)

mart_impact__intervention = released_from(MART_IMPACT__INTERVENTION, MODEL_IMPACT__ESTIMATES)
mart_impact__domain = released_from(MART_IMPACT__DOMAIN, MODEL_IMPACT__DOMAINS)
mart_impact__school = released_from(MART_IMPACT__SCHOOL, MODEL_IMPACT__SCHOOL_DELIVERY)
mart_impact__school_estimate = released_from(MART_IMPACT__SCHOOL_ESTIMATE, MODEL_IMPACT__SCHOOL_ESTIMATES)
mart_impact__year = released_from(MART_IMPACT__YEAR, MODEL_IMPACT__YEARS)


@settings_asset(CORE_EFFECT_MONTHS)
def core_effect_months(_night: Night) -> pl.DataFrame:
    return reference_data.effect_months()


@table_asset(MODEL_IMPACT__ESTIMATES)
def model_impact__estimates(
    model_impact__pupils: pl.DataFrame,
    model_interventions__group_dose: pl.DataFrame,
    model_interventions__starters: pl.DataFrame,
    core_interventions: pl.DataFrame,
    core_effect_months: pl.DataFrame,
) -> pl.DataFrame:
    return impact.estimate_interventions(
        model_impact__pupils,
        model_interventions__group_dose,
        model_interventions__starters,
        core_interventions,
        core_effect_months,
    )


@table_asset(MODEL_IMPACT__DOMAINS)
def model_impact__domains(model_impact__estimates: pl.DataFrame) -> pl.DataFrame:
    return impact_pooling.pool_domains(model_impact__estimates)


@table_asset(MODEL_IMPACT__SCHOOL_ESTIMATES)
def model_impact__school_estimates(
    model_impact__pupils: pl.DataFrame,
    model_interventions__starters: pl.DataFrame,
    model_impact__estimates: pl.DataFrame,
) -> pl.DataFrame:
    return impact_schools.estimate_schools(model_impact__pupils, model_interventions__starters, model_impact__estimates)


@table_asset(MODEL_IMPACT__SCHOOL_DELIVERY)
def model_impact__school_delivery(
    model_interventions__group_dose: pl.DataFrame, model_interventions__starters: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    return impact_delivery.school_delivery(
        model_interventions__group_dose, model_interventions__starters, date_of(core_run)
    )


@table_asset(MODEL_IMPACT__YEARS)
def model_impact__years(
    model_interventions__group_dose: pl.DataFrame,
    model_interventions__starters: pl.DataFrame,
    model_impact__treated: pl.DataFrame,
    model_impact__estimates: pl.DataFrame,
) -> pl.DataFrame:
    return impact_delivery.year_delivery(
        model_interventions__group_dose, model_interventions__starters, model_impact__treated, model_impact__estimates
    )


@table_asset(MART_IMPACT__PUPIL)
def mart_impact__pupil(
    model_impact__treated: pl.DataFrame,
    model_interventions__starters: pl.DataFrame,
    core_intervention_pupils: pl.DataFrame,
    core_pupils: pl.DataFrame,
) -> pl.DataFrame:
    return impact_single_pupils.list_pupils(
        model_impact__treated, model_interventions__starters, core_intervention_pupils, core_pupils
    )
