"""Blank workbooks that a school fills in, made from the contracts: headers, notes, drop-down lists, date formats.

One workbook per source, a sheet per table, and a sheet that says how. A filled one is recognised by its headers
like any other delivery. The same contracts give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.checks import Between, DateBetween
from expectations.contract import Column, Kind, Table
from expectations.derive import allowed_values, delivered_columns, header_row
from expectations.tables import RAW
from expectations.vocabulary import YEARS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS_COUNT = 2_000
"""Rows below the header that carry drop-down lists and formats."""
HOW_TO = "How to fill this in"
LISTS = "Lists"
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed stamp in the workbook's own clockless form
_NUMBER_FORMATS = {
    Kind.TEXT: "@",  # as text, or a spreadsheet makes a date of a reference and drops a leading nought
    Kind.INTEGER: "0",
    Kind.NUMBER: "General",
    Kind.MONEY: "#,##0.00",
    Kind.DATE: "dd/mm/yyyy",
    Kind.BOOLEAN: "@",
}
_KIND_WORDS = {
    Kind.TEXT: "Text",
    Kind.INTEGER: "Whole number",
    Kind.NUMBER: "Number",
    Kind.MONEY: "Pounds",
    Kind.DATE: "Date: day, month, year",
    Kind.BOOLEAN: "Yes or No",
}
_MESSAGE_CHARACTERS, _TITLE_CHARACTERS = 255, 32
_ADVICE = (
    "Keep the row of column names as it is. You may leave out a column that may be blank, and add columns of your own: "
    "they are not read.",
    "Bold column names must be filled in. In the others a blank has the meaning given here.",
    "Dates are day, month, year. Amounts are pounds. Leave a cell blank when nothing is known; do not write 0.",
    "Names, UPN and date of birth find the right child. No other notes about a child are needed: please write none.",
)


def write_templates(out: Path) -> list[Path]:
    """Write every blank workbook into a folder, which is made where missing; returns their paths, by name."""
    out.mkdir(parents=True, exist_ok=True)
    by_source: dict[str, list[Table]] = {}
    for table in RAW:
        if table.source and table.source.templated:
            by_source.setdefault(table.source.name, []).append(table)
    return [_write_workbook(out / f"{name}.xlsx", tables) for name, tables in sorted(by_source.items())]


@dataclass
class _Styles:
    """The formats of one workbook, and where each closed list stands in it."""

    book: Workbook
    lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    def header(self, is_required: bool) -> Format:
        return self.book.add_format(
            {
                "bold": is_required,
                "italic": not is_required,
                "bg_color": "#1F3A5F" if is_required else "#DCE6F1",
                "font_color": "#FFFFFF" if is_required else "#1F3A5F",
                "text_wrap": True,
                "valign": "top",
                "border": 1,
            }
        )

    def cells(self, kind: Kind) -> Format:
        return self.book.add_format({"num_format": _NUMBER_FORMATS[kind]})

    def words(self, **how: Any) -> Format:
        return self.book.add_format({"text_wrap": True, "valign": "top", **how})


def _write_workbook(path: Path, tables: list[Table]) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "Blank workbook", "created": _MADE})
        styles = _Styles(book)
        sheets = [(table, book.add_worksheet(_sheet_name(table))) for table in tables]
        _write_how_to(book.add_worksheet(HOW_TO), tables, styles)
        _write_lists(book.add_worksheet(LISTS), tables, styles)
        for table, sheet in sheets:
            _write_table(sheet, table, styles)
    return path


def _sheet_name(table: Table) -> str:
    assert table.source is not None
    return table.source.sheet or table.source.label


def _write_table(sheet: Worksheet, table: Table, styles: _Styles) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    columns = zip(delivered_columns(table), header_row(table), strict=True)
    for place, (column, name) in enumerate(columns):
        sheet.set_column(place, place, max(12, min(len(name) + 2, 30)), styles.cells(column.kind))
        sheet.write_string(0, place, name, styles.header(column.required))
        note = {"input_title": name[:_TITLE_CHARACTERS], "input_message": note_of(column)}
        sheet.data_validation(0, place, 0, place, {"validate": "any", **note})
        sheet.data_validation(1, place, ROWS_COUNT, place, {**_validation(column, styles), **note})


def note_of(column: Column) -> str:
    """What a person sees on entering the column's cells: meaning, rules, what a blank means; at most 255 characters."""
    must = "Must be filled in." if column.required else f"Blank means: {column.null}."
    words = " ".join([column.meaning, _KIND_WORDS[column.kind] + ".", *_rule_sentences(column), must])
    return words if len(words) <= _MESSAGE_CHARACTERS else words[: _MESSAGE_CHARACTERS - 1] + "…"


def _rule_sentences(column: Column) -> list[str]:
    """The rules in words; a closed list is in its drop-down and is not repeated."""
    if allowed_values(column):
        return ["Choose from the list."]
    years = ["2025 or 2025/26."] if column.name in YEARS else []
    return [f"It {check.describe()}." for check in column.checks] + years


def _validation(column: Column, styles: _Styles) -> dict[str, Any]:
    """The spreadsheet's own check of a cell. It warns and lets a value stand: the night tells what it cannot take."""
    wrong = {"error_type": "warning", "error_title": "Please check", "error_message": "This value may not be taken."}
    if allowed := allowed_values(column):
        return {"validate": "list", "source": styles.lists[allowed], **wrong}
    for check in column.checks:
        if isinstance(check, DateBetween):
            bounds = {"minimum": check.low, "maximum": check.high}
            return {"validate": "date", "criteria": "between", **bounds, **wrong}
        if isinstance(check, Between) and column.name not in YEARS:
            return {**_between(check, column.kind), **wrong}
    return {"validate": "any"}


def _between(check: Between, kind: Kind) -> dict[str, Any]:
    share = 100 if kind is Kind.MONEY else 1  # declared in pence, written in pounds
    validate = "integer" if kind is Kind.INTEGER else "decimal"
    low, high = (None if bound is None else bound / share for bound in (check.low, check.high))
    if low is not None and high is not None:
        return {"validate": validate, "criteria": "between", "minimum": low, "maximum": high}
    criteria, value = (">=", low) if high is None else ("<=", high)
    return {"validate": validate, "criteria": criteria, "value": value}


def _write_lists(sheet: Worksheet, tables: list[Table], styles: _Styles) -> None:
    """Closed lists, a column each and without a heading, which would look like a table's column."""
    closed = dict.fromkeys(values for t in tables for c in delivered_columns(t) if (values := allowed_values(c)))
    for place, values in enumerate(closed):
        sheet.write_column(0, place, values)
        letter = _letter(place)
        styles.lists[values] = f"={LISTS}!${letter}$1:${letter}${len(values)}"
    sheet.hide()


def _letter(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))


def _write_how_to(sheet: Worksheet, tables: list[Table], styles: _Styles) -> None:
    source = tables[0].source
    assert source is not None
    folder = "your school's folder" if source.owner == "school" else "the trust's folder"
    words = [f"{_sheet_name(table)}: {table.grain}" for table in tables]
    words += [*_ADVICE, f"Save as .xlsx into {folder}. A later file takes the place of the earlier one."]
    sheet.hide_gridlines(2)
    for place, width in enumerate((36, 52, 24, 46, 34)):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, HOW_TO, styles.book.add_format({"bold": True, "font_size": 14}))
    sheet.write_column(1, 0, words)
    row = len(words) + 2
    heading = styles.words(bold=True, bottom=1)
    for place, name in enumerate(("Sheet and column", "What it is", "Form", "Rules", "If blank")):
        sheet.write_string(row, place, name, heading)
    plain = styles.words()
    for table in tables:
        for column in delivered_columns(table):
            row += 1
            for place, told in enumerate(_how_to_line(table, column)):
                sheet.write_string(row, place, told, plain)


def _how_to_line(table: Table, column: Column) -> tuple[str, ...]:
    rules = "; ".join(check.describe() for check in column.checks)
    across = "; ".join(
        _named(check.describe(), table) for check in table.checks if check.columns and check.columns[0] == column.name
    )
    blank = "must be filled in" if column.required else column.null or ""
    # Sheet and column share a cell: a column's name alone in one would make this sheet look like a table.
    name = f"{_sheet_name(table)}: {column.header_names()[0]}"
    told = "; ".join(part for part in (rules, across) if part)
    return name, column.meaning, _KIND_WORDS[column.kind], told, blank


def _named(words: str, table: Table) -> str:
    """A rule across columns, with the names that stand in the workbook."""
    for column in delivered_columns(table):
        words = words.replace(column.name, column.header_names()[0])
    return words
