"""A table on its way into a file: headers as this school writes them, rows, and what was planted among them."""

from __future__ import annotations

from dataclasses import dataclass, field

from expectations.derive import accepted_headers, delivered_columns, normal_header
from expectations.tables import ALL
from seeds.trust.rows import Cell, Row

EXTRA_HEADER = "Tutor Group"
"""A column that no contract knows: reported, and its values never stored."""


@dataclass(frozen=True)
class Planted:
    """One row or value that must be found. ``index`` is the row's place in the sheet, from 0."""

    index: int
    column: str
    rule: str
    effect: str


@dataclass
class Sheet:
    """One table of one file. ``fields`` are the contract's columns in file order; rows follow them.

    ``is_record_numbered`` holds for XML, whose records are counted from 1 without a header.
    """

    table: str
    name: str
    fields: list[str]
    headers: list[str]
    rows: list[Row]
    preamble: list[str] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    is_record_numbered: bool = False

    @property
    def header_row_number(self) -> int:
        """Row of the header as a person counts, from 1."""
        return len(self.preamble) + 1

    def row_number(self, index: int) -> int:
        """Row number of a row as a person counts. No cell of the sample holds a line break."""
        return index + 1 if self.is_record_numbered else self.header_row_number + 1 + index

    def place(self, column: str) -> int:
        """Position of a contract column in a row."""
        return self.fields.index(column)


def make_sheet(table: str, rows: list[Row], *, style: int = 0, preamble: tuple[str, ...] = (), name: str = "") -> Sheet:
    """A sheet with the headers of a style: 0 the template's own, others use further accepted names and orders."""
    contract = ALL[table]
    fields = [column.name for column in delivered_columns(contract)]
    headers = choose_headers(table, style)
    sheet_name = name or (contract.source.sheet if contract.source and contract.source.sheet else table)
    sheet = Sheet(table, sheet_name, fields, headers, [list(row) for row in rows], list(preamble))
    if style == 2:
        _add_unknown_column(sheet)
    if style == 3:
        _turn_round(sheet)
    return sheet


def choose_headers(table: str, style: int) -> list[str]:
    """One accepted header per column; the style picks among the names, and spells them with odd case and blanks."""
    contract = ALL[table]
    accepted, used, headers = accepted_headers(contract), set(), []
    for place, column in enumerate(delivered_columns(contract)):
        names = [n for n in column.header_names() if accepted[normal_header(n)] == column.name] or [column.name]
        chosen = next(n for n in names[style % len(names) :] + names if normal_header(n) not in used)
        used.add(normal_header(chosen))
        spelled = {2: f"{chosen} ", 3: chosen.upper()}.get(style, chosen)
        headers.append(spelled.replace(" ", "\u00a0", 1) if style == 2 and place == 1 else spelled)
    return headers


def drop_column(sheet: Sheet, column: str) -> None:
    """The sheet without a column that may be left out."""
    place = sheet.place(column)
    del sheet.fields[place], sheet.headers[place]
    for row in sheet.rows:
        del row[place]


def _add_unknown_column(sheet: Sheet) -> None:
    sheet.fields.append("")
    sheet.headers.append(EXTRA_HEADER)
    letters: list[Cell] = ["Ash", "Birch", "Cedar"]
    for place, row in enumerate(sheet.rows):
        row.append(letters[place % 3])


def _turn_round(sheet: Sheet) -> None:
    """The first four columns in another order: names decide, not positions."""
    order = [2, 0, 3, 1, *range(4, len(sheet.fields))]
    if len(sheet.fields) < 4:
        return
    sheet.fields = [sheet.fields[p] for p in order]
    sheet.headers = [sheet.headers[p] for p in order]
    sheet.rows = [[row[p] for p in order] for row in sheet.rows]
