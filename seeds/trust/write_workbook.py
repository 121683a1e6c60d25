"""Write sheets as an XLSX workbook: real dates and numbers, or text, as people's workbooks have both."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from seeds.trust.rows import Cell, Pence
from seeds.trust.sheets import Sheet

MADE_AT = dt.datetime(2026, 11, 19, 15, 0)  # noqa: DTZ001  # a workbook's properties hold no time zone
FORMULA_MARK = "=FORMULA"
"""A cell that is a formula without a stored result."""


def write_workbook(path: Path, sheets: list[Sheet], *, has_cover: bool = False, has_text_dates: bool = False) -> None:
    """Write the workbook; same sheets, same bytes."""
    path.write_bytes(workbook_bytes(sheets, has_cover=has_cover, has_text_dates=has_text_dates))


def workbook_bytes(sheets: list[Sheet], *, has_cover: bool = False, has_text_dates: bool = False) -> bytes:
    """The workbook as bytes; a cover sheet holds words and no table."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"constant_memory": True, "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": "Sample data, fictional", "created": MADE_AT})
        formats = {
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "pounds": book.add_format({"num_format": "#,##0.00"}),
        }
        if has_cover:
            book.add_worksheet("Read me").write_string(0, 0, "Please fill in one row for each line. Sample data.")
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name[:31]), sheet, formats, has_text_dates)
    return buffer.getvalue()


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any], has_text_dates: bool) -> None:
    for number, line in enumerate(sheet.preamble):
        page.write_string(number, 0, line)
    for column, header in enumerate(sheet.headers):
        page.write_string(len(sheet.preamble), column, header)
    for number, row in enumerate(sheet.rows, len(sheet.preamble) + 1):
        for column, cell in enumerate(row):
            _write_cell(page, number, column, cell, formats, has_text_dates)


def _write_cell(page: Any, number: int, column: int, cell: Cell, formats: dict[str, Any], has_text_dates: bool) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        if cell == FORMULA_MARK:
            page.write_formula(number, column, "=1/0", None, "#DIV/0!")
        else:
            page.write_string(number, column, cell)
    elif isinstance(cell, bool):
        page.write_string(number, column, "Yes" if cell else "No")
    elif isinstance(cell, Pence):
        if number % 5 == 0:  # people type the sign and the comma now and then
            page.write_string(number, column, f"£{cell / 100:,.2f}")
        else:
            page.write_number(number, column, cell / 100, formats["pounds"])
    elif isinstance(cell, dt.date):
        if has_text_dates:
            page.write_string(number, column, f"{cell:%d/%m/%Y}")
        else:
            page.write_datetime(number, column, dt.datetime(cell.year, cell.month, cell.day), formats["date"])  # noqa: DTZ001
    else:
        page.write_number(number, column, cell)
