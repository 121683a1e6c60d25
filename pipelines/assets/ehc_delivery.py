"""Section F promised against delivered: line by line, by school and year, by kind of provision."""

from __future__ import annotations

import polars as pl

from expectations.tables.ehc_delivery import (
    MART_EHC_DELIVERY__LINE,
    MART_EHC_DELIVERY__SCHOOL,
    MART_EHC_DELIVERY__TYPE,
    MODEL_EHC_DELIVERY__LINES,
)
from models import calendar, ehc_delivery
from pipelines.assets.declare import released_asset, sql_asset
from pipelines.reference_data import date_of

model_ehc_delivery__lines = sql_asset(MODEL_EHC_DELIVERY__LINES)
mart_ehc_delivery__line = sql_asset(MART_EHC_DELIVERY__LINE)


@released_asset(MART_EHC_DELIVERY__SCHOOL)
def mart_ehc_delivery__school(
    model_ehc_delivery__lines: pl.DataFrame, model_value_for_money__plans: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    return ehc_delivery.mart_ehc_delivery__school_frame(
        model_ehc_delivery__lines, model_value_for_money__plans, date_of(core_run)
    )


@released_asset(MART_EHC_DELIVERY__TYPE)
def mart_ehc_delivery__type(model_ehc_delivery__lines: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    date = date_of(core_run)
    return ehc_delivery.mart_ehc_delivery__type_frame(model_ehc_delivery__lines, date, calendar.academic_year(date))
