"""Register, census and Insight side by side: what differs, since when, what must be right before the next census."""

from __future__ import annotations

import polars as pl

from expectations.tables.match import (
    MART_MATCH__CONFLICT,
    MART_MATCH__SCHOOL,
    MART_MATCH__WORKLIST,
    MODEL_MATCH__CHECKS,
    MODEL_MATCH__CONFLICTS,
    MODEL_MATCH__DELIVERED,
    MODEL_MATCH__FOUND,
)
from models import match, match_worklist
from pipelines.assets.declare import released_asset, sql_asset, table_asset
from pipelines.night import Night
from pipelines.reference_data import date_of

model_match__checks = sql_asset(MODEL_MATCH__CHECKS)
model_match__found = sql_asset(MODEL_MATCH__FOUND)
model_match__delivered = sql_asset(MODEL_MATCH__DELIVERED)


@table_asset(MODEL_MATCH__CONFLICTS)
def model_match__conflicts(
    model_match__found: pl.DataFrame, core_deliveries: pl.DataFrame, core_run: pl.DataFrame, night: Night
) -> pl.DataFrame:
    is_first = night.store.filled(MODEL_MATCH__CONFLICTS) is None
    before = match.nothing_before() if is_first else night.store.read(MODEL_MATCH__CONFLICTS)
    return match.remember(model_match__found, before, match.newest_deliveries(core_deliveries), date_of(core_run))


@table_asset(MART_MATCH__CONFLICT)
def mart_match__conflict(
    model_match__conflicts: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_pupils: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return match.list_conflicts(model_match__conflicts, model_pupils__on_roll, core_pupils, date_of(core_run))


@table_asset(MART_MATCH__WORKLIST)
def mart_match__worklist(
    model_match__conflicts: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_pupils: pl.DataFrame,
    core_sen_status: pl.DataFrame,
    model_match__delivered: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return match_worklist.list_work(
        model_match__conflicts,
        model_pupils__on_roll,
        core_pupils,
        core_sen_status,
        model_match__delivered,
        date_of(core_run),
    )


@released_asset(MART_MATCH__SCHOOL)
def mart_match__school(
    model_match__conflicts: pl.DataFrame,
    model_sen_flows__gaps: pl.DataFrame,
    core_schools: pl.DataFrame,
    clean_school_census__pupils: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return match.mart_match__school_frame(
        model_match__conflicts, model_sen_flows__gaps, core_schools, clean_school_census__pupils, date_of(core_run)
    )
