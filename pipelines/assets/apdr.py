"""Assess, plan, do, review: cycles by date, pupils without one, released figures, the SENCO's ledger."""

from __future__ import annotations

import polars as pl

from expectations.tables.apdr import (
    CORE_APDR_CYCLES,
    MART_APDR__CYCLE,
    MART_APDR__PUPIL,
    MART_APDR__SCHOOL,
    MODEL_APDR__CYCLES,
    MODEL_APDR__PUPILS,
)
from models import apdr
from pipelines.assets.declare import released_asset, sql_asset, table_asset
from pipelines.reference_data import date_of

core_apdr_cycles = sql_asset(CORE_APDR_CYCLES)
model_apdr__cycles = sql_asset(MODEL_APDR__CYCLES)
model_apdr__pupils = sql_asset(MODEL_APDR__PUPILS)


@released_asset(MART_APDR__SCHOOL)
def mart_apdr__school(
    model_apdr__pupils: pl.DataFrame,
    model_apdr__cycles: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    schools = core_schools["school_urn"].to_list()
    return apdr.mart_apdr__school_frame(model_apdr__pupils, model_apdr__cycles, schools, date_of(core_run))


@table_asset(MART_APDR__CYCLE)
def mart_apdr__cycle(
    model_apdr__cycles: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    return apdr.list_cycles(model_apdr__cycles, model_pupils__on_roll, core_pupils)


@table_asset(MART_APDR__PUPIL)
def mart_apdr__pupil(
    model_apdr__pupils: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    return apdr.list_pupils(model_apdr__pupils, model_pupils__on_roll, core_pupils)
