"""From a grid of cells to a ``SheetRows``: good rows by column, the others named with their rule. No files."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from pipelines.readers.headers import Cell, FoundHeader, HeaderNames
from pipelines.readers.sheet_rows import MalformedRow, SheetRows

_TOTAL = re.compile(r"\s*(grand |sub-?)?totals?\b[\s:]*", re.IGNORECASE)
_FIGURE = re.compile(r"[\s£$€%()+\-.,0-9]*")
_FIRST_LETTERS = " \t\u00a0tTgGsS"
"""How a total may begin; the empty text, a blank first cell, is in it too."""
_BLANK = "BLANK"


@dataclass
class Grid:
    """Rows under a header, each as wide as it came, with the numbers a person sees.

    ``malformed`` holds rows the format's own reader has already set aside. ``fault_of`` names the rule a
    cell breaks; ``None`` when the whole text is known to be clean.
    """

    rows: list[list[Cell]]
    row_numbers: list[int]
    malformed: list[MalformedRow] = field(default_factory=list)
    fault_of: Callable[[str], str | None] | None = None


def tabulate(
    grid: Grid, found: FoundHeader, header_row_number: int, names: HeaderNames, *, member: str, sheet: str | None
) -> SheetRows:
    """The table under a header. Rows must be exactly as wide as the header; blank rows are no rows.

    Only columns with a known header are kept: the values of others go no further than this function.
    """
    known = [position for position, name in enumerate(found.header) if names.knows(name)]
    rows, numbers, malformed = grid.rows, grid.row_numbers, list(grid.malformed)
    faulty = _faulty_rows(grid, found.header, known)
    if faulty:
        keep = [index for index in range(len(rows)) if index not in faulty]
        rows, numbers = [rows[index] for index in keep], [numbers[index] for index in keep]
        malformed += [row for row in faulty.values() if row is not None]
    malformed.sort(key=lambda row: row.row_number)
    return SheetRows(member, sheet, found.header, header_row_number, _columns(rows, known), numbers, malformed)


def _columns(rows: list[list[Cell]], known: list[int]) -> dict[int, list[Cell]]:
    columns: dict[int, list[Cell]] = {}
    for position in known:
        cells = list(map(itemgetter(position), rows))
        blanks = {cell for cell in set(cells) if cell is not None and (not cell or cell.isspace())}
        columns[position] = [None if cell in blanks else cell for cell in cells] if blanks else cells
    return columns


def _faulty_rows(grid: Grid, header: tuple[str, ...], known: Sequence[int]) -> dict[int, MalformedRow | None]:
    """Index of each row to leave out -> why; ``None`` for a blank row."""
    width, first = len(header), header[0]
    # One quick look at every row; the rules look at the few that may break one.
    suspects = [
        index
        for index, row in enumerate(grid.rows)
        if len(row) != width or (row[0] or "")[:1] in _FIRST_LETTERS or row[0] == first
    ]
    faulty: dict[int, MalformedRow | None] = {}
    for index in suspects:
        row = grid.rows[index]
        rule = _rule_of_row(row, header)
        if rule is not None:
            found = MalformedRow(grid.row_numbers[index], rule, len(row), width)
            faulty[index] = None if rule == _BLANK else found
    if grid.fault_of is not None:
        _add_faulty_cells(grid, header, known, faulty)
    return faulty


def _rule_of_row(row: Sequence[Cell], header: tuple[str, ...]) -> str | None:
    filled = [cell for cell in row if cell and not cell.isspace()]
    if not filled:
        return _BLANK
    if len(row) != len(header):
        return "TOO_MANY_FIELDS" if len(row) > len(header) else "TOO_FEW_FIELDS"
    # A footer total: the first filled cell says so and every other filled cell is a bare figure.
    # A pupil called Total has a forename or a UPN beside it, so is none.
    if _TOTAL.fullmatch(filled[0]) and all(_FIGURE.fullmatch(cell) for cell in filled[1:]):
        return "TOTAL_ROW"
    return "REPEATED_HEADER" if tuple((cell or "").strip() for cell in row) == header else None


def _add_faulty_cells(
    grid: Grid, header: tuple[str, ...], known: Sequence[int], faulty: dict[int, MalformedRow | None]
) -> None:
    assert grid.fault_of is not None
    for index, row in enumerate(grid.rows):
        if index in faulty:
            continue
        for position in known:
            cell = row[position]
            rule = grid.fault_of(cell) if cell else None
            if rule:
                faulty[index] = MalformedRow(grid.row_numbers[index], rule, len(row), len(header), header[position])
                break
