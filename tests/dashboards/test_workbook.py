"""The XLSX of a table: typed as shown, inert, readable by a program and by a screen reader."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from dashboards.markup import HIDDEN, MISSING
from dashboards.tables import Linked, Stacked, TableTwin, headings
from dashboards.wording.downloads import notes
from dashboards.workbook import Typed, typed, unlike, workbook

DAY = dt.date(2026, 11, 20)
ABOUT: dict[str, Any] = {
    "trust_name": "=Five Trees", "data_date": DAY, "figures_date": dt.date(2026, 10, 1), "release_number": 7,
    "is_sample": True,
}  # fmt: skip
TWIN = TableTwin(
    "Waits by service",
    headings("Service", "#Pupils", "#Pupils", "#Share", "#Paid", "Seen", "~What it says", ""),
    (
        ("=cmd|' /C calc'!A0", "1,234", "−3", "12%", "£1,850", "14 November 2026", Stacked("Late", "Ask."), "999001"),
        ("@Speech", HIDDEN, MISSING, "14.5%", "−£13.61", "14 November", "+1 to +5", Linked("Next", "/a", {"q": "1"})),
    ),
    "Two years of referrals.",
)


def midnight(year: int, month: int, day: int) -> dt.datetime:
    """A date as openpyxl reads it back."""
    return dt.datetime.combine(dt.date(year, month, day), dt.time())


def opened(twin: TableTwin = TWIN) -> openpyxl.Workbook:
    content = workbook(twin, "waits-by-service", notes(twin.caption, twin.note, ABOUT), DAY)
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("12", Typed(12, "#,##0")), ("1,234", Typed(1234, "#,##0")), ("−3", Typed(-3, "#,##0")),
        ("+7", Typed(7, "+#,##0")), ("12%", Typed(0.12, "#,##0%")), ("14.5%", Typed(0.145, "#,##0.0%")),
        ("−£13.61", Typed(-13.61, "£#,##0.00")), ("£1,850", Typed(1850, "£#,##0")), ("0", Typed(0, "#,##0")),
        ("2.60", Typed(2.6, "#,##0.00")), ("14 November 2026", Typed(dt.date(2026, 11, 14), "d mmmm yyyy")),
        ("4 Nov 2026", Typed(dt.date(2026, 11, 4), "d mmm yyyy")), ("3 Maple 2026", Typed("3 Maple 2026")),
        ("31 November 2026", Typed("31 November 2026")),
        ("31 May 2026", Typed(dt.date(2026, 5, 31), "d mmmm yyyy")),
        ("12 (3%)", Typed("12 (3%)")), ("1,23", Typed("1,23")), ("5 weeks", Typed("5 weeks")), ("", Typed("")),
        ("−1 to +7", Typed("−1 to +7")), (HIDDEN, Typed("c")), (None, Typed("")),
    ],
)  # fmt: skip
def test_a_cell_is_typed_as_it_is_shown(said: str | None, found: Typed) -> None:
    assert typed(said, is_number=True) == found
    if not isinstance(found.value, dt.date):
        assert typed(said, is_number=False) == Typed(found.value if found.format == "" else str(said))


def test_the_sheet_holds_what_the_page_shows() -> None:
    sheet = opened()["Table"]
    first, second = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=2))
    assert first == ["'=cmd|' /C calc'!A0", 1234, -3, 0.12, 1850, midnight(2026, 11, 14), "Late. Ask.", "999001"]
    assert second == ["'@Speech", "c", "–", 0.145, -13.61, "14 November", "'+1 to +5", "Next"]
    assert sheet["D3"].number_format == "#,##0.0%"


def test_it_has_a_named_table_a_frozen_heading_and_no_merged_cell() -> None:
    sheet = opened()["Table"]
    table = sheet.tables["orchard_waits_by_service"]
    assert table.ref == "A1:H3"
    assert [cell.value for cell in sheet[1]] == ["Service", "Pupils", "Pupils (2)", "Share", "Paid", "Seen",
                                                 "What it says", "Column 8"]  # fmt: skip
    assert sheet.freeze_panes == "B2"
    assert not sheet.merged_cells.ranges


def test_no_cell_is_a_formula_or_a_link() -> None:
    content = workbook(TWIN, "x", notes("=a", "@b", ABOUT), DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name)
    assert "<f>" not in sheets
    assert "<hyperlink" not in sheets
    told = [cell.value for row in openpyxl.load_workbook(io.BytesIO(content))["Notes"] for cell in row]
    assert {"'=a", "'@b", "'=Five Trees"} <= set(told)


def test_the_notes_say_what_how_old_whence_and_the_signs() -> None:
    told = {row[0].value: row[1].value for row in opened()["Notes"].iter_rows()}
    assert told["Table"] == "Waits by service"
    assert told["Data to"] == midnight(2026, 11, 20)
    assert told["Counts as read on"] == midnight(2026, 10, 1)
    assert told["Release"] == 7
    assert told["Sign: c"].startswith("hidden")
    assert "Sample data" in told["Please note"]
    real = dict(notes("T", "", ABOUT | {"is_sample": False, "figures_date": None}))
    assert not {"Please note", "Counts as read on", "About the table"} & set(real)


def test_a_table_without_rows_has_its_heading() -> None:
    sheet = opened(TableTwin("Nothing", headings("A", "#B"), ()))["Table"]
    assert [cell.value for cell in sheet[1]] == ["A", "B"]


def test_the_same_table_makes_the_same_file() -> None:
    told = notes("T", "", ABOUT)
    assert workbook(TWIN, "x", told, DAY) == workbook(TWIN, "x", told, DAY)


def test_labels_are_made_unlike_as_a_spreadsheet_compares_them() -> None:
    assert unlike(["a", "A", "a", "", ""]) == ["a", "A (2)", "a (3)", "Column 4", "Column 5"]
