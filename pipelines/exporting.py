"""Write one published aggregate table to a file. It reads the release that people see and nothing else."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from expectations.contract import Sensitivity
from expectations.errors import OrchardError, SettingsError
from expectations.spreadsheets import inert
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
    text = pl.selectors.string()
    frame = frame.with_columns(text.map_elements(inert, return_dtype=pl.String))
    if out.suffix == ".csv":
        frame.write_csv(out)
    else:
        _write_workbook(frame, out)
    return frame.height


def _write_workbook(frame: pl.DataFrame, out: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        frame.write_excel(workbook)
