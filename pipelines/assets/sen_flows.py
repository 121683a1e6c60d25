"""Flows of the register: joined, left, got a plan, went back to class teaching; and who has no provision."""

from __future__ import annotations

import polars as pl

from expectations.tables.sen_flows import (
    MART_SEN_FLOWS__GAP,
    MART_SEN_FLOWS__PUPIL,
    MART_SEN_FLOWS__TERM,
    MART_SEN_FLOWS__YEAR,
    MODEL_SEN_FLOWS__EVENTS,
    MODEL_SEN_FLOWS__GAPS,
    MODEL_SEN_FLOWS__NEEDS,
)
from models import sen_flows
from pipelines.assets.declare import released_asset, sql_asset, table_asset
from pipelines.reference_data import date_of

model_sen_flows__needs = sql_asset(MODEL_SEN_FLOWS__NEEDS)
model_sen_flows__events = sql_asset(MODEL_SEN_FLOWS__EVENTS)
model_sen_flows__gaps = sql_asset(MODEL_SEN_FLOWS__GAPS)


@table_asset(MART_SEN_FLOWS__PUPIL)
def mart_sen_flows__pupil(
    model_sen_flows__events: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_pupils: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return sen_flows.list_flows(model_sen_flows__events, model_pupils__on_roll, core_pupils, date_of(core_run))


@table_asset(MART_SEN_FLOWS__GAP)
def mart_sen_flows__gap(
    model_sen_flows__gaps: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    return sen_flows.list_gaps(model_sen_flows__gaps, model_pupils__on_roll, core_pupils)


@released_asset(MART_SEN_FLOWS__YEAR)
def mart_sen_flows__year(
    model_sen_flows__events: pl.DataFrame, core_schools: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    return sen_flows.mart_sen_flows__year_frame(model_sen_flows__events, core_schools, date_of(core_run))


@released_asset(MART_SEN_FLOWS__TERM)
def mart_sen_flows__term(model_sen_flows__events: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return sen_flows.mart_sen_flows__term_frame(model_sen_flows__events, date_of(core_run))
