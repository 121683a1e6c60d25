"""XLSX workbooks, as text: each visible sheet with a known header becomes a table.

openpyxl reads the cells. Here stands what it does not do: refuse what no export holds, say which formulas have
no result (it gives them as blanks), lose no row or sheet in silence, and give every value as text.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast
from xml.etree import ElementTree

from expectations.errors import SourceFileError
from pipelines.readers.archive_zip import read_member
from pipelines.readers.decoding import fault_of
from pipelines.readers.headers import Cell, HeaderNames, find_header
from pipelines.readers.refusals import (
    refuse_broken,
    refuse_format,
    refuse_too_large,
    refuse_unrecognised,
    shown_name,
)  # fmt: skip
from pipelines.readers.sheet_rows import NOT_READ, Limits, SheetRows
from pipelines.readers.tabulating import Grid, tabulate
from pipelines.readers.workbook_cells import FORMULA_FAULT, cell_as_text, formulas_without_result
from pipelines.readers.xml_safety import broken_xml, root_of_safe_xml

WORKBOOK_PART = "xl/workbook.xml"
_MACROS_PART = "xl/vbaProject.bin"
_STRICT = "{http://purl.oclc.org/"


@dataclass(frozen=True)
class _Source:
    """The file and what every step of reading it needs."""

    archive: zipfile.ZipFile
    names: HeaderNames
    limits: Limits
    where: str
    member: str


def read_workbook(
    archive: zipfile.ZipFile, names: HeaderNames, limits: Limits, where: str, member: str = ""
) -> list[SheetRows]:
    """Every visible sheet that holds a known header; other sheets (notes, lists) are left and named.

    Raises ``SourceFileError``: FORMAT for macros or a hidden table, BROKEN, TRUNCATED, UNSAFE, TOO_LARGE, UNRECOGNISED.
    """
    source = _Source(archive, names, limits, where, member)
    with _told_as_broken(where):
        sheets = _open_sheets(source)
    tables = [table for sheet in sheets if sheet.sheet_state == "visible" and (table := _read_sheet(source, sheet))]
    if not tables:
        _refuse_without_table(source, sheets)
    read = {table.sheet for table in tables}
    not_read = [shown_name(sheet.title) for sheet in sheets if sheet.title not in read]
    if not_read:
        tables[0].facts[NOT_READ] = "\n".join(not_read)
    return tables


@contextmanager
def _told_as_broken(where: str) -> Iterator[None]:
    """Whatever openpyxl raises at a damaged file becomes a refusal without its words, which may quote the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (SourceFileError, MemoryError, RecursionError):
        raise
    except ElementTree.ParseError as error:
        raise broken_xml(error.code, where) from None
    except Exception as error:
        raise refuse_broken(f"The workbook is damaged ({type(error).__name__})", where) from None


def _open_sheets(source: _Source) -> list[Any]:
    """The worksheets as openpyxl has them, hidden ones too; chart sheets hold no cells and are left out."""
    from openpyxl import load_workbook

    archive, where = source.archive, source.where
    if _MACROS_PART in archive.namelist():
        raise refuse_format("The workbook holds macros", where, "Save it as .xlsx and send that.")
    _refuse_unsafe_parts(archive, where)
    root = ElementTree.fromstring(read_member(archive, WORKBOOK_PART, where))  # noqa: S314  # its prolog was seen
    if root.tag.startswith(_STRICT):
        next_step = "Save it as Excel Workbook (.xlsx) and send that."
        raise refuse_format("The workbook is of the kind Strict Open XML", where, next_step)
    book = load_workbook(archive.fp, read_only=True, data_only=True, keep_links=False)
    if len(book.sheetnames) != len(root.findall("{*}sheets/{*}sheet")):
        raise refuse_broken("A sheet of the workbook is missing", where)
    if not book.worksheets:
        raise refuse_broken("The workbook has no sheet", where)
    return list(book.worksheets)


def _refuse_unsafe_parts(archive: zipfile.ZipFile, where: str) -> None:
    """Every part is looked at, whatever its name: a relation may call any of them XML."""
    for part in archive.namelist():
        try:
            with archive.open(part) as stream:
                root_of_safe_xml(cast("BinaryIO", stream), where)
        except SourceFileError as refusal:
            if refusal.rule == "UNSAFE" or part.endswith((".xml", ".rels")):
                raise


def _refuse_without_table(source: _Source, sheets: list[Any]) -> None:
    for sheet in sheets:
        if sheet.sheet_state != "visible" and _read_sheet(source, sheet) is not None:
            next_step = "Show the sheet (right-click a tab, Unhide) or send the right one."
            raise refuse_format("Only a hidden sheet of the workbook holds a table we know", source.where, next_step)
    raise refuse_unrecognised("No sheet of the workbook holds the column names of a table we know", source.where)


def _read_sheet(source: _Source, sheet: Any) -> SheetRows | None:
    """The sheet's table; ``None`` when no known header stands in its first rows."""
    here, limits = f"{source.where}, sheet {shown_name(sheet.title)}", source.limits
    rows: dict[int, list[Cell]] = {}
    with _told_as_broken(here):
        part = read_member(source.archive, sheet._worksheet_path, here)  # openpyxl names a sheet's part nowhere else
        for number, row in _rows(sheet, formulas_without_result(part, here), limits, here):
            rows[number] = row
            if len(rows) > limits.rows_count:
                raise refuse_too_large(f"The sheet has more than {limits.rows_count:,} rows", here)
    numbers = list(rows)
    found = find_header([row for number, row in rows.items() if number <= limits.header_search_rows], source.names)
    if found is None:
        return None
    start, width = found.last_index + 1, len(found.header)
    grid = Grid(
        # As wide as the header: a sheet's cells know their column, so a note to the right shifts nothing.
        rows=[row[:width] + [None] * (width - len(row)) for row in list(rows.values())[start:]],
        row_numbers=numbers[start:],
        fault_of=lambda cell: "FORMULA" if cell == FORMULA_FAULT else fault_of(cell, limits.cell_characters),
    )
    header_row_number = numbers[found.last_index]
    return tabulate(grid, found, header_row_number, source.names, member=source.member, sheet=sheet.title)


def _rows(
    sheet: Any, without_result: set[tuple[int, int]], limits: Limits, where: str
) -> Iterator[tuple[int, list[Cell]]]:
    """Row number and cells, up to the last filled one, of each row that holds something."""
    sheet.reset_dimensions()  # the sheet's own statement of its size may be stale
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells: list[Cell] = []
        for column, cell in enumerate(row, start=1):
            value = cell.value
            if cell.data_type == "e" or (without_result and (number, column) in without_result):
                text: Cell = FORMULA_FAULT
            elif value is None or not (text := cell_as_text(value)):
                continue
            if column > limits.columns_count:
                raise refuse_too_large(f"A cell stands beyond column {limits.columns_count}", where)
            cells += [None] * (column - 1 - len(cells))
            cells.append(text)
        if cells:
            yield number, cells
