"""From a grid of cells to a ``SheetRows``: good rows by column, the others named with their rule. No files."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipelines.readers.headers import Cell, FoundHeader, HeaderNames
from pipelines.readers.sheet_rows import MalformedRow, SheetRows

_TOTAL = re.compile(r"\s*(grand |sub-?)?totals?\b[\s:]*", re.IGNORECASE)
_FIGURE = re.compile(r"[\s£$€%()+\-.,0-9]*")


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
    grid: Grid, found: FoundHeader, header_row_number: int, names: HeaderNames, member: str, sheet: str | None
) -> SheetRows:
    """The table under a header. Rows must be exactly as wide as the header; blank rows are no rows.

    Only columns with a known header are kept: the values of others go no further than this function.
    """
    width = len(found.header)
    known = [position for position, name in enumerate(found.header) if names.knows(name)]
    rows, numbers, malformed = grid.rows, grid.row_numbers, list(grid.malformed)
    faulty = _faulty_rows(grid, found.header, known)
    if faulty:
        keep = [index for index in range(len(rows)) if index not in faulty]
        rows, numbers = [rows[index] for index in keep], [numbers[index] for index in keep]
        malformed += [row for row in faulty.values() if row is not None]
    columns = _columns(rows, known)
    malformed.sort(key=lambda row: row.row_number)
    return SheetRows(member, sheet, found.header[:width], header_row_number, columns, numbers, malformed)


def _columns(rows: list[list[Cell]], known: list[int]) -> dict[int, list[Cell]]:
    if not rows:
        return {position: [] for position in known}
    turned = list(zip(*rows, strict=True))
    return {
        position: [cell if cell and not cell.isspace() else None for cell in turned[position]] for position in known
    }


def _faulty_rows(grid: Grid, header: tuple[str, ...], known: Sequence[int]) -> dict[int, MalformedRow | None]:
    """Index of each row to leave out -> why; ``None`` for a blank row."""
    width = len(header)
    faulty: dict[int, MalformedRow | None] = {}
    repeated = [cell or None for cell in header]
    for index, row in enumerate(grid.rows):
        first = row[0] if row else None
        rule: str | None = None
        if len(row) != width:
            rule = _rule_of_width(row, width)
        elif not first or first.isspace() or first[0] in " tTgGsS\t":
            rule = "BLANK" if not any(cell and not cell.isspace() for cell in row) else _total_rule(row)
        if rule is None and first == header[0] and [cell or None for cell in row] == repeated:
            rule = "REPEATED_HEADER"
        if rule is not None:
            number = grid.row_numbers[index]
            faulty[index] = None if rule == "BLANK" else MalformedRow(number, rule, len(row), width)
    if grid.fault_of is not None:
        _add_faulty_cells(grid, header, known, faulty)
    return faulty


def _rule_of_width(row: Sequence[Cell], width: int) -> str:
    if not any(cell and not cell.isspace() for cell in row):
        return "BLANK"
    return "TOO_MANY_FIELDS" if len(row) > width else "TOO_FEW_FIELDS"


def _total_rule(row: Sequence[Cell]) -> str | None:
    """A footer total: the first filled cell says so and every other filled cell is a bare figure.

    A pupil called Total has a forename or a UPN beside it, so is none.
    """
    filled = [cell for cell in row if cell and not cell.isspace()]
    is_total = _TOTAL.fullmatch(filled[0]) and all(_FIGURE.fullmatch(cell) for cell in filled[1:])
    return "TOTAL_ROW" if is_total else None


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
