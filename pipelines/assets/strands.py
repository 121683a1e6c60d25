"""What stands beside the estimate: targets, engagement, opinions, outside evidence; their released figures."""

from __future__ import annotations

import polars as pl

from expectations.tables.engagement import CORE_ENGAGEMENT
from expectations.tables.strands import (
    CORE_OUTSIDE_EVIDENCE,
    MART_IMPACT__STRANDS,
    MODEL_IMPACT__STRAND_PUPILS,
    MODEL_IMPACT__STRAND_TARGETS,
    MODEL_IMPACT__STRANDS,
)
from expectations.tables.targets import CORE_INTERVENTION_TARGETS
from models import strands
from pipelines import reference_data
from pipelines.assets.declare import released_from, settings_asset, sql_asset, table_asset
from pipelines.night import Night

core_intervention_targets = sql_asset(CORE_INTERVENTION_TARGETS)
core_engagement = sql_asset(CORE_ENGAGEMENT)
model_impact__strand_pupils = sql_asset(MODEL_IMPACT__STRAND_PUPILS)
model_impact__strand_targets = sql_asset(MODEL_IMPACT__STRAND_TARGETS)


@settings_asset(CORE_OUTSIDE_EVIDENCE)
def core_outside_evidence(_night: Night) -> pl.DataFrame:
    return reference_data.outside_evidence()


@table_asset(MODEL_IMPACT__STRANDS)
def model_impact__strands(
    model_impact__strand_pupils: pl.DataFrame,
    model_impact__strand_targets: pl.DataFrame,
    core_interventions: pl.DataFrame,
    core_intervention_catalogue: pl.DataFrame,
    core_outside_evidence: pl.DataFrame,
) -> pl.DataFrame:
    return strands.tell_strands(
        model_impact__strand_pupils,
        model_impact__strand_targets,
        core_interventions,
        core_intervention_catalogue,
        core_outside_evidence,
    )


mart_impact__strands = released_from(MART_IMPACT__STRANDS, MODEL_IMPACT__STRANDS)
