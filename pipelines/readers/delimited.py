"""Delimited text: comma, semicolon or tab, with Python's strict csv reader. No row is ever lost or shifted.

The delimiter is the one under which the header's names are found, never a statistic of the text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.readers.decoding import decode, fault_of
from pipelines.readers.headers import Cell, FoundHeader, HeaderNames, find_header
from pipelines.readers.refusals import refuse_too_large, refuse_truncated, refuse_unrecognised
from pipelines.readers.sheet_rows import Limits, MalformedRow, SheetRows
from pipelines.readers.tabulating import Grid, tabulate

DELIMITERS = (",", ";", "\t")


def read_delimited(data: bytes, names: HeaderNames, limits: Limits, where: str, member: str = "") -> SheetRows:
    """The table in a delimited file; may have no rows under its header.

    Raises ``SourceFileError``: ENCODING, UNRECOGNISED, TRUNCATED, TOO_LARGE.
    """
    text = decode(data, where)
    csv.field_size_limit(limits.cell_characters)
    lines = list(io.StringIO(text.text, newline=""))
    records = _Records(lines)
    delimiter, found, header_line = _find_header(lines, names, limits, where)
    grid = records.read_from(header_line, delimiter, len(found.header), limits, where)
    if text.is_suspect:
        grid.fault_of = lambda cell: fault_of(cell, limits.cell_characters)
    return tabulate(grid, found, header_line, names, member=member, sheet=None)


def _find_header(lines: list[str], names: HeaderNames, limits: Limits, where: str) -> tuple[str, FoundHeader, int]:
    """Delimiter, header, and the number of lines up to and including it."""
    top = lines[: limits.header_search_rows]
    stated = top[0].strip().strip('"')[4:5] if top and top[0].strip().strip('"')[:4].lower() == "sep=" else ""
    best: tuple[str, FoundHeader, int] | None = None
    for delimiter in (stated,) if stated in DELIMITERS else DELIMITERS:
        records, ends = _top_records(top, delimiter)
        found = find_header(records, names)
        if found and (best is None or found.known_count > best[1].known_count):
            best = (delimiter, found, ends[found.last_index])
    if best is None:
        searched = f"None of the first {limits.header_search_rows} rows holds the column names of a table we know"
        raise refuse_unrecognised(searched, where)
    return best


def _top_records(top: list[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(top, delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    ends: list[int] = []
    while True:
        try:
            records.append(next(reader))
        except StopIteration:
            return records, ends
        except csv.Error:
            records.append([])
        ends.append(reader.line_num)


@dataclass
class _Records:
    """The lines of a file, read record by record; a broken record gives back the lines it swallowed."""

    lines: list[str]
    position: int = 0
    grid: Grid = field(default_factory=lambda: Grid([], []))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.position >= len(self.lines):
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]

    def read_from(self, first: int, delimiter: str, width: int, limits: Limits, where: str) -> Grid:
        """Every record after the header; refuses a file that ends within its last record."""
        if not self._read_whole(first, delimiter):
            self._read_one_by_one(first, delimiter, width, where)
        if len(self.grid.rows) > limits.rows_count:
            raise refuse_too_large(f"The file has more than {limits.rows_count:,} rows", where)
        self._check_the_end(width, where)
        return self.grid

    def _read_whole(self, first: int, delimiter: str) -> bool:
        """All records at once, where each is one line and none is broken: the usual file, twice as fast."""
        try:
            rows: list[list[Cell]] = list(csv.reader(self.lines[first:], delimiter=delimiter, strict=True))  # type: ignore[arg-type]  # lists are invariant
        except csv.Error:
            return False
        if len(rows) != len(self.lines) - first:
            return False
        self.grid = Grid(rows, list(range(first + 1, len(self.lines) + 1)))
        self.position = len(self.lines)
        return True

    def _read_one_by_one(self, first: int, delimiter: str, width: int, where: str) -> None:
        self.position = first
        reader = csv.reader(self, delimiter=delimiter, strict=True)
        rows, numbers = self.grid.rows, self.grid.row_numbers
        while True:
            start = self.position
            try:
                row: list[Cell] = list(next(reader))
            except StopIteration:
                return
            except csv.Error as error:
                is_long = "field limit" in str(error) and self.position == start + 1
                self._set_aside(start, "CELL_TOO_LONG" if is_long else "BAD_QUOTES", 0, width, where)
                continue
            if len(row) != width and self.position > start + 1:
                self._set_aside(start, "BAD_QUOTES", len(row), width, where)
                continue
            rows.append(row)
            numbers.append(start + 1)

    def _set_aside(self, start: int, rule: str, found_count: int, width: int, where: str) -> None:
        """One malformed line; the lines after it are read again, for a stray quote must not swallow them."""
        if self.position >= len(self.lines) and not self._has_final_newline:
            raise refuse_truncated(where)
        self.grid.malformed.append(MalformedRow(start + 1, rule, found_count or width, width))
        self.position = start + 1

    @property
    def _last_set_aside(self) -> int:
        return self.grid.malformed[-1].row_number if self.grid.malformed else 0

    @property
    def _has_final_newline(self) -> bool:
        return self.lines[-1].endswith(("\n", "\r"))

    def _check_the_end(self, width: int, where: str) -> None:
        rows = self.grid.rows
        if not rows or self._has_final_newline or self.grid.row_numbers[-1] <= self._last_set_aside:
            return
        if len(rows[-1]) <= 1 and not "".join(cell or "" for cell in rows[-1]).strip():
            return  # blanks after the last line are no record that was cut
        if len(rows[-1]) < width:
            raise refuse_truncated(where)
        if len(rows[-1]) == width:
            rows.pop()
            number = self.grid.row_numbers.pop()
            self.grid.malformed.append(MalformedRow(number, "UNFINISHED_LINE", width, width))
