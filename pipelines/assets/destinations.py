"""Where leavers go: leavers, what was found of them, groups, released figures, whom to call."""

from __future__ import annotations

import polars as pl

from expectations.tables.destination_results import (
    MART_DESTINATIONS__BACKGROUND,
    MART_DESTINATIONS__CALL,
    MART_DESTINATIONS__COMPARED,
    MART_DESTINATIONS__ROUTE,
    MART_DESTINATIONS__SCHOOL,
    MODEL_DESTINATIONS__BACKGROUND,
    MODEL_DESTINATIONS__CALLS,
    MODEL_DESTINATIONS__GROUPS,
    MODEL_DESTINATIONS__LEAVERS,
    MODEL_DESTINATIONS__MONTHS,
    MODEL_DESTINATIONS__POINTS,
)
from expectations.tables.destinations import (
    CORE_ACTIVITY_SPELLS,
    CORE_DECEASED,
    CORE_DESTINATIONS,
    CORE_LEAVERS,
)
from models import destinations
from models.destination_comparison import compare
from models.destination_routes import count_routes
from pipelines import reference_data
from pipelines.assets.declare import released_asset, sql_asset, table_asset
from pipelines.reference_data import date_of

core_deceased = sql_asset(CORE_DECEASED)
core_activity_spells = sql_asset(CORE_ACTIVITY_SPELLS)
core_leavers = sql_asset(CORE_LEAVERS)
core_destinations = sql_asset(CORE_DESTINATIONS)
model_destinations__points = sql_asset(MODEL_DESTINATIONS__POINTS)
model_destinations__months = sql_asset(MODEL_DESTINATIONS__MONTHS)
model_destinations__leavers = sql_asset(MODEL_DESTINATIONS__LEAVERS)
model_destinations__calls = sql_asset(MODEL_DESTINATIONS__CALLS)
model_destinations__background = sql_asset(MODEL_DESTINATIONS__BACKGROUND)


@table_asset(MODEL_DESTINATIONS__GROUPS)
def model_destinations__groups(model_destinations__leavers: pl.DataFrame) -> pl.DataFrame:
    return destinations.group_leavers(model_destinations__leavers)


@released_asset(MART_DESTINATIONS__SCHOOL)
def mart_destinations__school(model_destinations__groups: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return destinations.mart_destinations__school_frame(model_destinations__groups, date_of(core_run))


@released_asset(MART_DESTINATIONS__ROUTE)
def mart_destinations__route(
    model_destinations__leavers: pl.DataFrame, mart_destinations__school: pl.DataFrame
) -> pl.DataFrame:
    return count_routes(model_destinations__leavers, mart_destinations__school)


@table_asset(MART_DESTINATIONS__COMPARED)
def mart_destinations__compared(mart_destinations__school: pl.DataFrame) -> pl.DataFrame:
    return compare(mart_destinations__school, series=reference_data.destination_series())


@table_asset(MART_DESTINATIONS__CALL)
def mart_destinations__call(model_destinations__calls: pl.DataFrame, core_pupils: pl.DataFrame) -> pl.DataFrame:
    return destinations.list_calls(model_destinations__calls, core_pupils)


@table_asset(MART_DESTINATIONS__BACKGROUND)
def mart_destinations__background(
    model_destinations__background: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    return destinations.list_background(model_destinations__background, core_pupils)
