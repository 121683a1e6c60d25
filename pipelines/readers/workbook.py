"""XLSX workbooks, as text: each visible sheet with a known header becomes a table.

Read from the parts of the file directly (zip and XML of the standard library): a reading child would pay
0.8 s to import openpyxl and eight times as long per cell, and openpyxl hides what must be seen here, formulas
without a result above all. openpyxl is the twin in the tests: both must read the same text.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

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
from pipelines.readers.workbook_cells import FORMULA_FAULT, CellReader, date_styles, shared_texts
from pipelines.readers.xml_safety import broken_xml, root_of_safe_xml

WORKBOOK_PART = "xl/workbook.xml"
_STYLES_PART = "xl/styles.xml"
_TEXTS_PART = "xl/sharedStrings.xml"
_RELATIONS_PART = "xl/_rels/workbook.xml.rels"
_MACROS_PART = "xl/vbaProject.bin"
_WHOLE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class _Sheet:
    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True)
class _Book:
    """An open workbook and what every step of reading it needs."""

    archive: zipfile.ZipFile
    names: HeaderNames
    limits: Limits
    where: str
    member: str
    reader: CellReader


def read_workbook(
    archive: zipfile.ZipFile, names: HeaderNames, limits: Limits, where: str, member: str = ""
) -> list[SheetRows]:
    """Every visible sheet that holds a known header; other sheets (notes, lists) are left and named.

    Raises ``SourceFileError``: FORMAT for macros or a hidden table, BROKEN, TRUNCATED, UNSAFE, TOO_LARGE, UNRECOGNISED.
    """
    if _MACROS_PART in archive.namelist():
        raise refuse_format("The workbook holds macros", where, "Save it as .xlsx and send that.")
    workbook = _part(archive, WORKBOOK_PART, where)
    reader = CellReader(
        texts=shared_texts(_part(archive, _TEXTS_PART, where)) if _TEXTS_PART in archive.namelist() else [],
        dates=date_styles(_part(archive, _STYLES_PART, where)) if _STYLES_PART in archive.namelist() else {},
        is_1904=_is_1904(workbook),
        columns_count=limits.columns_count,
        cell_characters=limits.cell_characters,
    )
    book = _Book(archive, names, limits, where, member, reader)
    sheets = _sheets(archive, workbook, where)
    tables = [table for sheet in sheets if not sheet.is_hidden and (table := _read_sheet(book, sheet))]
    if not tables:
        _refuse_without_table(book, sheets)
    read = {table.sheet for table in tables}
    not_read = [shown_name(sheet.name) for sheet in sheets if sheet.name not in read]
    if not_read:
        tables[0].facts[NOT_READ] = "\n".join(not_read)
    return tables


def _refuse_without_table(book: _Book, sheets: list[_Sheet]) -> None:
    for sheet in sheets:
        if sheet.is_hidden and _read_sheet(book, sheet) is not None:
            next_step = "Show the sheet (right-click a tab, Unhide) or send the right one."
            raise refuse_format("Only a hidden sheet of the workbook holds a table we know", book.where, next_step)
    raise refuse_unrecognised("No sheet of the workbook holds the column names of a table we know", book.where)


def _part(archive: zipfile.ZipFile, part: str, where: str) -> ElementTree.Element:
    data = read_member(archive, part, where)
    root_of_safe_xml(io.BytesIO(data), where)
    try:
        return ElementTree.fromstring(data)  # noqa: S314  # safe: its prolog was seen
    except ElementTree.ParseError as error:
        raise broken_xml(error.code, where) from None


def _is_1904(book: ElementTree.Element) -> bool:
    return any(
        properties.get("date1904", "0").lower() in ("1", "true") for properties in book.iterfind("{*}workbookPr")
    )


def _sheets(archive: zipfile.ZipFile, book: ElementTree.Element, where: str) -> list[_Sheet]:
    targets = {
        relation.get("Id"): relation.get("Target", "") for relation in _part(archive, _RELATIONS_PART, where)
    }
    sheets = []
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        target = targets.get(key, "")
        part = target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
        if "worksheets/" in part:  # chart sheets hold no cells
            sheets.append(_Sheet(sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"))
    if not sheets:
        raise refuse_broken("The workbook has no sheet", where)
    return sheets


def _read_sheet(book: _Book, sheet: _Sheet) -> SheetRows | None:
    """The sheet's table; ``None`` when no known header stands in its first rows."""
    here = f"{book.where}, sheet {shown_name(sheet.name)}"
    data = read_member(book.archive, sheet.part, here)
    root_of_safe_xml(io.BytesIO(data), here)
    limits, reader = book.limits, book.reader
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    for number, row in _rows(data, reader, here):
        rows.append(row)
        numbers.append(number)
        if len(rows) > limits.rows_count:
            raise refuse_too_large(f"The sheet has more than {limits.rows_count:,} rows", here)
    top = [row for row, number in zip(rows, numbers, strict=True) if number <= limits.header_search_rows]
    found = find_header(top, book.names)
    if found is None:
        return None
    start, width = found.last_index + 1, len(found.header)
    grid = Grid([_fitted(row, width) for row in rows[start:]], numbers[start:])
    if reader.is_suspect:
        grid.fault_of = lambda cell: "FORMULA" if cell == FORMULA_FAULT else fault_of(cell, limits.cell_characters)
    return tabulate(grid, found, numbers[found.last_index], book.names, member=book.member, sheet=sheet.name)


def _fitted(row: list[Cell], width: int) -> list[Cell]:
    """As wide as the header. A sheet's cells know their column, so a note to the right shifts nothing."""
    return row[:width] if len(row) >= width else row + [None] * (width - len(row))


def _rows(data: bytes, reader: CellReader, where: str) -> Iterator[tuple[int, list[Cell]]]:
    """Row number and cells of each row that holds something. The sheet's own statement of its size is not asked."""
    number = 0
    try:
        for element in _row_elements(data):
            number = int(element.get("r") or number + 1)
            cells = reader.read_row(element, where)
            element.clear()
            if cells:
                yield number, cells
    except ElementTree.ParseError as error:
        raise broken_xml(error.code, where) from None
    except (ValueError, OverflowError):
        raise refuse_broken("A row or cell of the sheet is numbered wrongly", where) from None


def _row_elements(data: bytes) -> Iterator[ElementTree.Element]:
    """A small sheet is parsed whole, which is quicker; a large one row by row, which needs less memory."""
    if len(data) <= _WHOLE_BYTES:
        yield from ElementTree.fromstring(data).iterfind("{*}sheetData/{*}row")  # noqa: S314  # its prolog was seen
        return
    for _, element in ElementTree.iterparse(io.BytesIO(data)):  # noqa: S314  # its prolog was seen
        if element.tag.rpartition("}")[2] == "row":
            yield element
