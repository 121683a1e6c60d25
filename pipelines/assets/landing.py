"""The first asset: whatever is new in the drop folder enters the raw tables, and the ledger says what became of it."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from expectations.tables import RAW
from expectations.tables.deliveries import (
    CORE_DELIVERIES,
    CORE_QUARANTINE,
    MART_DELIVERIES__BALANCE,
    MART_DELIVERIES__CONFIDENCE,
    MART_DELIVERIES__LEDGER,
    MART_DELIVERIES__MEND_ROWS,
    MODEL_DELIVERIES__BALANCE,
)
from models import deliveries
from pipelines.assets.declare import LANDED, bookkeeping_asset, explain, table_asset
from pipelines.balance import balance_rows, read_deliveries_ledger, read_quarantine
from pipelines.landing import land
from pipelines.night import Night
from pipelines.reference_data import date_of


@dg.multi_asset(
    name="landing",
    specs=[dg.AssetSpec(table.name, group_name=table.noun, description=table.grain, kinds={"raw"}) for table in RAW],
    required_resource_keys={"night"},
)
def landing(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    """Take new files into the raw tables."""
    night: Night = context.resources.night
    explain(night, "landing", lambda: land(night))
    for table in RAW:
        rows_count = night.store.execute(f'select count(*) from "{table.name}"')[0][0]
        yield dg.MaterializeResult(asset_key=table.name, metadata={"rows_count": rows_count})


core_deliveries = bookkeeping_asset(CORE_DELIVERIES, read_deliveries_ledger, after=LANDED)
core_quarantine = bookkeeping_asset(CORE_QUARANTINE, read_quarantine, after=RAW, after_cleaning=True)
model_deliveries__balance = bookkeeping_asset(MODEL_DELIVERIES__BALANCE, balance_rows, after=RAW, after_cleaning=True)


@table_asset(MART_DELIVERIES__LEDGER)
def mart_deliveries__ledger(core_deliveries: pl.DataFrame) -> pl.DataFrame:
    return core_deliveries


@table_asset(MART_DELIVERIES__MEND_ROWS)
def mart_deliveries__mend_rows(core_quarantine: pl.DataFrame) -> pl.DataFrame:
    return core_quarantine


@table_asset(MART_DELIVERIES__BALANCE)
def mart_deliveries__balance(model_deliveries__balance: pl.DataFrame) -> pl.DataFrame:
    return model_deliveries__balance


@table_asset(MART_DELIVERIES__CONFIDENCE)
def mart_deliveries__confidence(
    core_schools: pl.DataFrame,
    core_deliveries: pl.DataFrame,
    model_deliveries__balance: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return deliveries.judge_confidence(core_schools, core_deliveries, model_deliveries__balance, date_of(core_run))
