"""The shapes that readers hand over: one table found in a file, its malformed rows, the limits of reading.

Plain data. The two functions turn a table into JSON values and back, because a reading child answers in
JSON, never in pickle: bytes that take over a parser must not be able to hand code to the parent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

NOT_READ = "NotRead"
"""The fact, on a delivery's first table, that names sheets or members without a known header, one a line."""


@dataclass(frozen=True)
class Limits:
    """What one delivered file may cost. Sizes in bytes, times in seconds."""

    file_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    unpacked_ratio: int = 200
    members_count: int = 200
    memory_bytes: int = 1024 * 1024 * 1024
    cpu_seconds: int = 60
    wall_seconds: int = 90
    rows_count: int = 1_000_000
    columns_count: int = 500
    cell_characters: int = 32_767
    header_search_rows: int = 20


@dataclass(frozen=True)
class MalformedRow:
    """One row that cannot be taken as it stands. ``column`` is a header where the rule is about one cell.

    ``found_count`` and ``expected_count`` are fields of the row; equal when the rule is not about fields.
    """

    row_number: int
    rule: str
    found_count: int
    expected_count: int
    column: str = ""

    def sentence(self) -> str:
        """What is wrong and what to do, without any value."""
        what, next_step = MALFORMED_RULES[self.rule]
        counts = f": {self.found_count} found, {self.expected_count} expected" if self.rule.endswith("_FIELDS") else ""
        return f"{what}{counts}. {next_step}"


MALFORMED_RULES: dict[str, tuple[str, str]] = {
    "TOO_MANY_FIELDS": ("The row has more fields than the header", "Put text with commas in quotation marks."),
    "TOO_FEW_FIELDS": ("The row has fewer fields than the header", "Export the file again; the row is cut."),
    "BAD_QUOTES": ("A quotation mark in the row is never closed or stands alone", "Remove it or double it."),
    "FORMULA": ("A formula in the row has no result or shows an error", "Mend the formula and save the workbook."),
    "CONTROL_CHARACTER": ("A cell holds an invisible control character", "Type the cell again."),
    "GARBLED": ("Letters with accents or signs arrived garbled", "Export again as UTF-8, or type the cell again."),
    "CELL_TOO_LONG": ("A cell holds more text than any cell may", "Shorten the text."),
    "TOTAL_ROW": ("The row is a total, not a record", "Leave totals out of the file; nothing else needs mending."),
    "REPEATED_HEADER": ("The row repeats the header", "Remove it; nothing else needs mending."),
    "UNFINISHED_LINE": ("The file ends within this line, so its last value may be cut", "Export the file again."),
    "ELEMENT_TWICE": ("The pupil's record gives one element twice", "Correct the record in the MIS and export again."),
}
"""Each rule in words: what is wrong, what next."""


@dataclass(frozen=True)
class SheetRows:
    """One table found in a file, as text.

    ``member`` is the file's name inside a zip, ``""`` otherwise; ``sheet`` the workbook's sheet.
    ``header`` holds every header as delivered, by position. ``columns`` holds the values of the positions
    whose header somebody declared, and of no others: position -> one value per good row, ``None`` for blank.
    ``row_numbers`` are the row (line) numbers a person sees, from 1, one per good row; ``malformed`` are the
    rows left out, so rows in the file = ``len(row_numbers) + len(malformed)``, blank rows apart.
    ``facts`` are what the file says of itself (a census return: LA, Estab, URN, CensusTerm, ReferenceDate).
    """

    member: str
    sheet: str | None
    header: tuple[str, ...]
    header_row_number: int
    columns: dict[int, list[str | None]]
    row_numbers: list[int]
    malformed: list[MalformedRow] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def rows_count(self) -> int:
        """Rows with content, good and malformed."""
        return len(self.row_numbers) + len(self.malformed)


_BETWEEN = "\x7f"
"""Stands between the cells of a column on the way: no cell of a good row can hold it, and JSON leaves it be."""


def as_values(table: SheetRows) -> dict[str, Any]:
    """The table as JSON values, few and long: a million short texts would cost more than reading them did."""
    numbers = table.row_numbers
    is_unbroken = bool(numbers) and numbers[-1] - numbers[0] + 1 == len(numbers)
    return {
        "member": table.member,
        "sheet": table.sheet,
        "header": table.header,
        "header_row_number": table.header_row_number,
        "columns": {position: _joined(cells) for position, cells in table.columns.items()},
        "row_numbers": (numbers[0], numbers[-1]) if is_unbroken else numbers,
        "is_unbroken": is_unbroken,
        "malformed": [
            (row.row_number, row.rule, row.found_count, row.expected_count, row.column) for row in table.malformed
        ],
        "facts": table.facts,
    }


def from_values(values: dict[str, Any]) -> SheetRows:
    """The table that ``as_values`` took apart. Raises ``ValueError`` when a column is not as long as the table."""
    numbers = values["row_numbers"]
    row_numbers = list(range(numbers[0], numbers[1] + 1)) if values["is_unbroken"] else numbers
    columns = {int(place): _split(cells) if row_numbers else [] for place, cells in values["columns"].items()}
    if any(len(cells) != len(row_numbers) for cells in columns.values()):
        raise ValueError("a column is not as long as the table")
    return SheetRows(
        member=values["member"],
        sheet=values["sheet"],
        header=tuple(values["header"]),
        header_row_number=values["header_row_number"],
        columns=columns,
        row_numbers=row_numbers,
        malformed=[MalformedRow(*row) for row in values["malformed"]],
        facts=values["facts"],
    )


def _joined(cells: list[str | None]) -> str:
    try:
        return _BETWEEN.join(cells)  # type: ignore[arg-type]  # a column without blanks, tried first for speed
    except TypeError:
        return _BETWEEN.join([cell or "" for cell in cells])


def _split(joined: str) -> list[str | None]:
    cells: list[str | None] = list(joined.split(_BETWEEN))
    return [cell or None for cell in cells] if "" in cells else cells
