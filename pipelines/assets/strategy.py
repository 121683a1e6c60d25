"""The strategy's actions and where each one stands."""

from __future__ import annotations

import polars as pl

from expectations.tables.strategy import (
    CORE_STRATEGY_PLAN,
    CORE_STRATEGY_STATUS,
    MART_STRATEGY__ACTION,
    MART_STRATEGY__PRIORITY,
    MODEL_STRATEGY__ACTIONS,
    MODEL_STRATEGY__PRIORITIES,
)
from pipelines import reference_data
from pipelines.assets.declare import released_from, settings_asset, sql_asset
from pipelines.night import Night

core_strategy_status = sql_asset(CORE_STRATEGY_STATUS)
model_strategy__actions = sql_asset(MODEL_STRATEGY__ACTIONS)
model_strategy__priorities = sql_asset(MODEL_STRATEGY__PRIORITIES)
mart_strategy__action = released_from(MART_STRATEGY__ACTION, MODEL_STRATEGY__ACTIONS)
mart_strategy__priority = released_from(MART_STRATEGY__PRIORITY, MODEL_STRATEGY__PRIORITIES)


@settings_asset(CORE_STRATEGY_PLAN)
def core_strategy_plan(night: Night) -> pl.DataFrame:
    return reference_data.strategy_plan(night.settings)
