"""An exported table opens in a spreadsheet as what it is: no text of a school becomes a formula or a link."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest

from expectations.errors import OrchardError
from pipelines import exporting
from tests.support.homes import make_home

NAMES = ['=HYPERLINK("http://192.0.2.1","x")', "@SUM(A1)", "+cmd|' /C calc'!A0", "http://192.0.2.1/beacon"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_hostile_name_stays_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    schools = pl.DataFrame({"school_urn": ["999001"] * len(NAMES), "school_name": NAMES})
    monkeypatch.setattr(exporting, "read_aggregate", lambda _, tables: dict.fromkeys(tables, schools))
    settings, out = make_home(tmp_path), tmp_path / f"schools.{ending}"
    settings.current.mkdir()
    assert exporting.export_table(settings, "mart_release__schools", out) == len(NAMES)
    wanted = [name if name.startswith("http") else f"'{name}" for name in NAMES]
    if ending == "csv":
        assert pl.read_csv(out)["school_name"].to_list() == wanted
        return
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in sheet["B"]][1:] == wanted
    assert not any(cell.hyperlink or cell.data_type == "f" for cell in cells)


@pytest.mark.parametrize("table", ["mart_pupils__register", "core_pupils", "no_such_table"])
def test_pupils_are_never_exported(tmp_path: Path, table: str) -> None:
    with pytest.raises(OrchardError, match="aggregate"):
        exporting.export_table(make_home(tmp_path), table, tmp_path / "x.csv")
