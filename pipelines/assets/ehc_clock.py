"""The statutory clock of EHC plans: each pupil's days, what is due, and released figures for the board."""

from __future__ import annotations

import polars as pl

from expectations.tables.ehc_clock import (
    MART_EHC_CLOCK__DUE,
    MART_EHC_CLOCK__REVIEW,
    MART_EHC_CLOCK__TRANSFER,
    MODEL_EHC_CLOCK__PLANS,
    MODEL_EHC_CLOCK__REQUESTS,
    MODEL_EHC_CLOCK__REVIEWS,
    MODEL_EHC_CLOCK__TRANSFERS,
)
from expectations.tables.ehc_clock_marts import (
    MART_EHC_CLOCK__BENCHMARKS,
    MART_EHC_CLOCK__CURVE,
    MART_EHC_CLOCK__FORECAST,
    MART_EHC_CLOCK__SCHOOL,
    MART_EHC_CLOCK__YEAR,
)
from models import ehc_clock
from pipelines import reference_data
from pipelines.assets.declare import released_asset, settings_asset, sql_asset
from pipelines.night import Night
from pipelines.reference_data import date_of

model_ehc_clock__plans = sql_asset(MODEL_EHC_CLOCK__PLANS)
model_ehc_clock__requests = sql_asset(MODEL_EHC_CLOCK__REQUESTS)
model_ehc_clock__reviews = sql_asset(MODEL_EHC_CLOCK__REVIEWS)
model_ehc_clock__transfers = sql_asset(MODEL_EHC_CLOCK__TRANSFERS)
mart_ehc_clock__due = sql_asset(MART_EHC_CLOCK__DUE)
mart_ehc_clock__review = sql_asset(MART_EHC_CLOCK__REVIEW)
mart_ehc_clock__transfer = sql_asset(MART_EHC_CLOCK__TRANSFER)


@released_asset(MART_EHC_CLOCK__SCHOOL)
def mart_ehc_clock__school(
    model_ehc_clock__plans: pl.DataFrame,
    model_ehc_clock__reviews: pl.DataFrame,
    model_ehc_clock__requests: pl.DataFrame,
    model_ehc_clock__transfers: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return ehc_clock.roll_up(
        model_ehc_clock__plans,
        model_ehc_clock__reviews,
        model_ehc_clock__requests,
        model_ehc_clock__transfers,
        core_schools["school_urn"].to_list(),
        date_of(core_run),
    )


@released_asset(MART_EHC_CLOCK__YEAR)
def mart_ehc_clock__year(
    model_ehc_clock__requests: pl.DataFrame, model_ehc_clock__plans: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    return ehc_clock.by_calendar_year(model_ehc_clock__requests, model_ehc_clock__plans, date_of(core_run))


@released_asset(MART_EHC_CLOCK__CURVE)
def mart_ehc_clock__curve(model_ehc_clock__requests: pl.DataFrame) -> pl.DataFrame:
    return ehc_clock.draw_curve(model_ehc_clock__requests)


@released_asset(MART_EHC_CLOCK__FORECAST)
def mart_ehc_clock__forecast(
    model_ehc_clock__requests: pl.DataFrame, model_ehc_clock__plans: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    return ehc_clock.forecast(model_ehc_clock__requests, model_ehc_clock__plans, date_of(core_run))


@settings_asset(MART_EHC_CLOCK__BENCHMARKS)
def mart_ehc_clock__benchmarks(_night: Night) -> pl.DataFrame:
    return reference_data.ehcp_benchmarks()
