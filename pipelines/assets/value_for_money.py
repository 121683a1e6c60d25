"""What it costs and buys: rates, costs, funding, plan costs, released figures."""

from __future__ import annotations

import polars as pl

from expectations.tables.money import CORE_COSTS, CORE_SCHOOL_FUNDING, CORE_STAFF_RATES, CORE_TOP_UP
from expectations.tables.reference import CORE_FUNDING_BANDS, CORE_FUNDING_RULES
from expectations.tables.value_for_money import (
    MART_VALUE_FOR_MONEY__SCHOOL,
    MODEL_VALUE_FOR_MONEY__PLANS,
    MODEL_VALUE_FOR_MONEY__SCHOOL,
)
from models import funding, value_for_money
from pipelines.assets.declare import released_from, settings_asset, sql_asset, table_asset
from pipelines.night import Night

core_staff_rates = sql_asset(CORE_STAFF_RATES)
core_costs = sql_asset(CORE_COSTS)
core_top_up = sql_asset(CORE_TOP_UP)
core_school_funding = sql_asset(CORE_SCHOOL_FUNDING)
model_value_for_money__plans = sql_asset(MODEL_VALUE_FOR_MONEY__PLANS)
mart_value_for_money__school = released_from(MART_VALUE_FOR_MONEY__SCHOOL, MODEL_VALUE_FOR_MONEY__SCHOOL)


@settings_asset(CORE_FUNDING_RULES)
def core_funding_rules(night: Night) -> pl.DataFrame:
    told = night.settings.funding
    return funding.funding_rules(told.element_2_pence(), told.place_pence(), told.overhead_rate)


@settings_asset(CORE_FUNDING_BANDS)
def core_funding_bands(night: Night) -> pl.DataFrame:
    return funding.funding_bands(night.settings.funding.bands_pence())


@table_asset(MODEL_VALUE_FOR_MONEY__SCHOOL)
def model_value_for_money__school(model_value_for_money__plans: pl.DataFrame) -> pl.DataFrame:
    return value_for_money.roll_up(model_value_for_money__plans)
