"""Primary need: by school and in the trust, SEN support and plans apart; codes over the spring censuses."""

from __future__ import annotations

import polars as pl

from expectations.tables.needs import MART_NEEDS__PLAN, MART_NEEDS__SUPPORT, MART_NEEDS__YEAR
from models import needs
from pipelines.assets.declare import released_asset
from pipelines.reference_data import date_of


@released_asset(MART_NEEDS__SUPPORT)
def mart_needs__support(model_pupils__on_roll: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return needs.mart_needs_frame(model_pupils__on_roll, "K", date_of(core_run))


@released_asset(MART_NEEDS__PLAN)
def mart_needs__plan(model_pupils__on_roll: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return needs.mart_needs_frame(model_pupils__on_roll, "E", date_of(core_run))


@released_asset(MART_NEEDS__YEAR)
def mart_needs__year(model_sen_flows__needs: pl.DataFrame) -> pl.DataFrame:
    return needs.mart_needs__year_frame(model_sen_flows__needs)
