"""Buying as one trust: registers by contract, stock by school, needs and tests, savings as ranges."""

from __future__ import annotations

import polars as pl

from expectations.tables.purchasing import (
    MART_PURCHASING__GAPS,
    MART_PURCHASING__LICENCES,
    MART_PURCHASING__NEEDS,
    MART_PURCHASING__SAVING,
    MART_PURCHASING__TESTS,
    MODEL_PURCHASING__NEEDS,
    MODEL_PURCHASING__STOCK,
)
from expectations.tables.registers import CORE_DIAGNOSTIC_TESTS, CORE_LICENCES, CORE_TEST_STOCK
from models import purchasing
from pipelines.assets.declare import released_asset, sql_asset, table_asset
from pipelines.reference_data import date_of

core_diagnostic_tests = sql_asset(CORE_DIAGNOSTIC_TESTS)
core_test_stock = sql_asset(CORE_TEST_STOCK)
core_licences = sql_asset(CORE_LICENCES)
model_purchasing__stock = sql_asset(MODEL_PURCHASING__STOCK)
model_purchasing__needs = sql_asset(MODEL_PURCHASING__NEEDS)
mart_purchasing__tests = sql_asset(MART_PURCHASING__TESTS)
mart_purchasing__licences = sql_asset(MART_PURCHASING__LICENCES)


@released_asset(MART_PURCHASING__SAVING)
def mart_purchasing__saving(
    model_purchasing__stock: pl.DataFrame, core_diagnostic_tests: pl.DataFrame, core_licences: pl.DataFrame
) -> pl.DataFrame:
    return purchasing.find_savings(model_purchasing__stock, core_diagnostic_tests, core_licences)


@released_asset(MART_PURCHASING__NEEDS)
def mart_purchasing__needs(model_purchasing__needs: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return purchasing.mart_purchasing__needs_frame(model_purchasing__needs, date_of(core_run))


@table_asset(MART_PURCHASING__GAPS)
def mart_purchasing__gaps(model_purchasing__needs: pl.DataFrame, core_schools: pl.DataFrame) -> pl.DataFrame:
    return purchasing.find_gaps(model_purchasing__needs, core_schools)
