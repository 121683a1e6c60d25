"""Write one published aggregate table to a file. It reads the release that people see and nothing else."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from expectations.contract import Sensitivity
from expectations.errors import OrchardError, SettingsError
from expectations.tables import ALL
from pipelines.publish import read_aggregate
from pipelines.settings import Settings


def export_table(settings: Settings, table_name: str, out: Path) -> int:
    """Rows written to ``out`` (.csv or .xlsx). Raises ``SettingsError`` for a table that is not aggregate or open."""
    table = ALL.get(table_name)
    if table is None or table.layer != "mart" or table.sensitivity not in {Sensitivity.AGGREGATE, Sensitivity.OPEN}:
        names = ", ".join(
            sorted(t.name for t in ALL.values() if t.layer == "mart" and t.sensitivity is Sensitivity.AGGREGATE)
        )
        raise SettingsError("Only a published aggregate table can be exported", table_name, f"Choose one of: {names}.")
    if not settings.current.exists():
        raise OrchardError("Nothing has been published yet", "", "Run 'orchard refresh' first.")
    if out.suffix not in {".csv", ".xlsx"}:
        raise SettingsError("The file's ending says neither CSV nor XLSX", out.name, "Name it .csv or .xlsx.")
    frame = read_aggregate(settings.current.resolve(), [table])[table]
    frame = frame.with_columns(_defused(name) for name, kind in frame.schema.items() if kind == pl.String)
    if out.suffix == ".csv":
        frame.write_csv(out)
    else:
        frame.write_excel(out)
    return frame.height


def _defused(name: str) -> pl.Expr:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    text = pl.col(name)
    return pl.when(text.str.contains(r"^[=+\-@\t\r]")).then(pl.lit("'") + text).otherwise(text).alias(name)
