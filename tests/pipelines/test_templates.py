"""Blank workbooks: made from the contracts, helpful in the cell, and taken back when they are filled in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from expectations.contract import Kind, Table
from expectations.derive import allowed_values, delivered_columns, header_row
from expectations.errors import SourceFileError
from expectations.tables import ALL, RAW
from pipelines.readers.reading import read_file
from pipelines.readers.recognition import header_names, recognise_delivery
from pipelines.readers.sheet_rows import Limits
from pipelines.templates import HOW_TO, LISTS, ROWS_COUNT, note_of, write_templates
from tests.support.frames import plain_value

TEMPLATED = [table for table in RAW if table.source and table.source.templated]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {path.stem: path for path in write_templates(tmp_path_factory.mktemp("blank") / "new")}


def sheet_of(blank: dict[str, Path], table: Table) -> Worksheet:
    assert table.source
    return openpyxl.load_workbook(blank[table.source.name])[table.source.sheet or ""]


def validation_of(sheet: Worksheet, cell: str) -> DataValidation:
    (found,) = [v for v in sheet.data_validations.dataValidation if cell in v.sqref]
    return found


def test_there_is_a_workbook_for_each_templated_source(blank: dict[str, Path]) -> None:
    assert set(blank) == {table.source.name for table in TEMPLATED if table.source}
    for name, path in blank.items():
        sheets = openpyxl.load_workbook(path).sheetnames
        mine = [t.source.sheet for t in TEMPLATED if t.source and t.source.name == name]
        assert sheets == [*mine, HOW_TO, LISTS]


@pytest.mark.parametrize("table", TEMPLATED, ids=lambda table: table.name)
def test_every_column_has_its_header_its_note_and_its_list(blank: dict[str, Path], table: Table) -> None:
    sheet = sheet_of(blank, table)
    lists = sheet.parent[LISTS]
    assert [cell.value for cell in sheet[1]] == header_row(table)
    for cell, column in zip(sheet[1], delivered_columns(table), strict=True):
        below = validation_of(sheet, f"{cell.column_letter}2")
        assert f"{cell.column_letter}{ROWS_COUNT + 1}" in below.sqref
        assert below.prompt == note_of(column)
        assert below.promptTitle == str(cell.value)[:32]
        assert bool(cell.font.bold) is column.required
        if allowed := allowed_values(column):
            assert below.type == "list"
            where = str(below.formula1).removeprefix(f"{LISTS}!")
            assert tuple(found.value for (found,) in lists[where.replace("$", "")]) == allowed


def test_numbers_dates_and_text_have_their_form(blank: dict[str, Path]) -> None:
    sheet = sheet_of(blank, ALL["raw_money__resources"])
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    formats = {name: sheet.column_dimensions[letter] for name, letter in letters.items()}
    assert formats["Purchase Date"].number_format == "dd/mm/yyyy"
    assert formats["Amount"].number_format == "#,##0.00"
    assert formats["Resource"].number_format == "@"
    amount = validation_of(sheet, f"{letters['Amount']}2")
    assert (amount.type, float(amount.formula1), float(amount.formula2)) == ("decimal", 0, 5_000_000)  # pounds
    bought = validation_of(sheet, f"{letters['Purchase Date']}2")
    assert (bought.type, bought.formula1) == ("date", "36526")  # 1 January 2000
    assert bought.errorStyle == "warning"


def test_notes_fit_and_say_what_a_blank_means() -> None:
    for table in TEMPLATED:
        for column in delivered_columns(table):
            note = note_of(column)
            assert len(note) <= 255
            assert not note.endswith("…"), f"{column.name}: shorten the meaning, or the note loses its end"
            assert ("Must be filled in." in note) is column.required


def test_the_how_to_sheet_tells_every_column_and_rule(blank: dict[str, Path]) -> None:
    for table in TEMPLATED:
        assert table.source
        sheet = openpyxl.load_workbook(blank[table.source.name])[HOW_TO]
        lines = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows()}
        for column in delivered_columns(table):
            line = lines[f"{table.source.sheet}: {column.header_names()[0]}"]
            assert line[1] == column.meaning
            assert all(check.describe() in str(line[3]) for check in column.checks)
        assert not any("_date" in str(line[3]) for line in lines.values())


def test_the_same_contracts_give_the_same_bytes(blank: dict[str, Path], tmp_path: Path) -> None:
    again = {path.stem: path.read_bytes() for path in write_templates(tmp_path)}
    assert again == {name: path.read_bytes() for name, path in blank.items()}


def filled(table: Table) -> list[Any]:
    """A row as a person types it: dates as dates, money in pounds, yes and no."""
    row = []
    for column in delivered_columns(table):
        value = plain_value(column.but(null=None))
        words = {True: "Yes", False: "No"}.get(value) if column.kind is Kind.BOOLEAN else value
        row.append(value / 100 if column.kind is Kind.MONEY else words)
    return row


@pytest.mark.parametrize("name", sorted({t.source.name for t in TEMPLATED if t.source}))
def test_a_filled_workbook_is_read_and_recognised(blank: dict[str, Path], tmp_path: Path, name: str) -> None:
    tables = [t for t in TEMPLATED if t.source and t.source.name == name]
    book = openpyxl.load_workbook(blank[name])
    for table in tables:
        assert table.source
        for row in range(2, 5):
            for place, value in enumerate(filled(table), start=1):
                book[table.source.sheet or ""].cell(row, place, value)
    path = tmp_path / "filled.xlsx"
    book.save(path)
    recognised, others = recognise_delivery(read_file(str(path), header_names(RAW), Limits()), RAW)
    assert [found.table.name for found in recognised] == [table.name for table in tables]
    assert others == []
    for found in recognised:
        assert found.unknown_headers == ()
        assert found.sheet.row_numbers == [2, 3, 4]
        for column, value in zip(delivered_columns(found.table), filled(found.table), strict=True):
            text = found.columns()[column.name][0]
            assert text is not None
            shown = value.isoformat() if isinstance(value, dt.date) else str(value)
            assert text.startswith(shown) or float(text) == float(value)


def test_a_blank_workbook_sent_back_is_told_to_be_empty(blank: dict[str, Path]) -> None:
    with pytest.raises(SourceFileError) as refusal:
        read_file(str(blank["send_register"]), header_names(RAW), Limits())
    assert refusal.value.rule == "EMPTY"
