"""Where leavers go: leavers, what was found of them, groups, released figures."""

from __future__ import annotations

import polars as pl

from expectations.tables.destinations import (
    CORE_DESTINATIONS,
    CORE_LEAVERS,
    MART_DESTINATIONS__SCHOOL,
    MODEL_DESTINATIONS__GROUPS,
    MODEL_DESTINATIONS__LEAVERS,
)
from models import destinations
from pipelines.assets.declare import released_asset, sql_asset, table_asset
from pipelines.reference_data import date_of

core_leavers = sql_asset(CORE_LEAVERS)
core_destinations = sql_asset(CORE_DESTINATIONS)
model_destinations__leavers = sql_asset(MODEL_DESTINATIONS__LEAVERS)


@table_asset(MODEL_DESTINATIONS__GROUPS)
def model_destinations__groups(model_destinations__leavers: pl.DataFrame) -> pl.DataFrame:
    return destinations.group_leavers(model_destinations__leavers)


@released_asset(MART_DESTINATIONS__SCHOOL)
def mart_destinations__school(model_destinations__groups: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return destinations.mart_destinations__school_frame(model_destinations__groups, date_of(core_run))
