"""What the trust calls its interventions and how they are run: names settled and to settle, protocol, timeliness."""

from __future__ import annotations

import polars as pl

from expectations.tables.catalogue import (
    CORE_ALIAS_DECISIONS,
    CORE_SCREENING,
    MART_INTERVENTIONS__CATALOGUE,
    MART_INTERVENTIONS__COMPLIANCE,
    MART_INTERVENTIONS__QUEUE,
    MART_INTERVENTIONS__TIMELINESS,
    MART_INTERVENTIONS__UNSERVED,
    MODEL_INTERVENTIONS__CONCERNS,
    MODEL_INTERVENTIONS__LOW_SCORES,
    MODEL_INTERVENTIONS__PROTOCOL,
)
from models.catalogue import queue_unknown_names
from models.protocol import sum_protocol, sum_timeliness
from pipelines.assets.declare import released_asset, settings_asset, sql_asset, table_asset
from pipelines.journal_source import settled_names
from pipelines.night import Night
from pipelines.reference_data import date_of

model_interventions__protocol = sql_asset(MODEL_INTERVENTIONS__PROTOCOL)
model_interventions__concerns = sql_asset(MODEL_INTERVENTIONS__CONCERNS)
model_interventions__low_scores = sql_asset(MODEL_INTERVENTIONS__LOW_SCORES)
mart_interventions__catalogue = sql_asset(MART_INTERVENTIONS__CATALOGUE)
mart_interventions__unserved = sql_asset(MART_INTERVENTIONS__UNSERVED)


@settings_asset(CORE_SCREENING)
def core_screening(night: Night) -> pl.DataFrame:
    return pl.DataFrame({"low_score": [night.settings.low_score]})


@settings_asset(CORE_ALIAS_DECISIONS)
def core_alias_decisions(night: Night) -> pl.DataFrame:
    return settled_names(night)


@table_asset(MART_INTERVENTIONS__QUEUE)
def mart_interventions__queue(
    core_interventions: pl.DataFrame, core_intervention_pupils: pl.DataFrame, core_intervention_catalogue: pl.DataFrame
) -> pl.DataFrame:
    return queue_unknown_names(core_interventions, core_intervention_pupils, core_intervention_catalogue)


@released_asset(MART_INTERVENTIONS__COMPLIANCE)
def mart_interventions__compliance(model_interventions__protocol: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return sum_protocol(model_interventions__protocol, date_of(core_run))


@released_asset(MART_INTERVENTIONS__TIMELINESS)
def mart_interventions__timeliness(
    model_interventions__concerns: pl.DataFrame,
    model_interventions__low_scores: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return sum_timeliness(
        model_interventions__concerns, model_interventions__low_scores, model_pupils__on_roll, date_of(core_run)
    )
