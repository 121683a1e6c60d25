"""SEND leadership, website and policies: registers by contract, and one row a school."""

from __future__ import annotations

import polars as pl

from expectations.tables.governance import CORE_LEADERSHIP, CORE_WEBSITE_ITEMS, MART_GOVERNANCE__SCHOOL
from models import governance
from pipelines.assets.declare import released_asset, sql_asset
from pipelines.reference_data import date_of

core_leadership = sql_asset(CORE_LEADERSHIP)
core_website_items = sql_asset(CORE_WEBSITE_ITEMS)


@released_asset(MART_GOVERNANCE__SCHOOL)
def mart_governance__school(
    core_leadership: pl.DataFrame,
    core_website_items: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return governance.by_school(core_leadership, core_website_items, core_schools, date_of(core_run))
