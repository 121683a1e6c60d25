"""Which declared table a sheet is, by its header against the contracts. The parent's side: it knows the contracts.

A mapping (``[mapping]`` in the settings) is ``{table name: {header in the file: column name}}``; an empty
column name means that the header is to be passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expectations.contract import Column, Table
from expectations.derive import accepted_headers, delivered_columns, normal_header
from expectations.errors import SettingsError, SourceFileError
from pipelines.readers.headers import HeaderNames
from pipelines.readers.refusals import shown_name
from pipelines.readers.sheet_rows import SheetRows

HeaderMapping = Mapping[str, Mapping[str, str]]

FROM_FILE_NAME = frozenset(("census_term", "reference_date"))
"""Required columns that a COLLECT extract leaves to its file name; landing fills them."""
SCHOOL_HEADERS = ("URN", "School URN", "LAESTAB", "DfE Number", "Estab")
"""Columns that say which school a file is about: read for that check only, never stored."""
_HEADER_CHARACTERS = 40
_SHOWN_COUNT = 30
_DIGITS = re.compile(r"[0-9]{3}")


@dataclass(frozen=True)
class Recognised:
    """A sheet and the raw table it is.

    ``column_of_header`` gives position in the file -> column name; ``unknown_headers`` are the headers nobody
    declared (their values were not read); ``missing_required`` are required columns that the file leaves to its name.
    """

    sheet: SheetRows
    table: Table
    column_of_header: dict[int, str]
    unknown_headers: tuple[str, ...]
    missing_required: tuple[str, ...]

    def columns(self) -> dict[str, list[str | None]]:
        """Text by column name, every delivered column of the table: all blank where the file lacks one."""
        rows_count = len(self.sheet.row_numbers)
        found = {column: self.sheet.columns[place] for place, column in self.column_of_header.items()}
        return {c.name: found.get(c.name) or [None] * rows_count for c in delivered_columns(self.table)}

    def school_codes(self) -> dict[str, frozenset[str]]:
        """What the file itself says of its school: normalised header (``urn``, ``laestab`` …) -> distinct codes."""
        wanted = {normal_header(name) for name in SCHOOL_HEADERS}
        codes: dict[str, frozenset[str]] = {
            normal_header(name): frozenset((value,))
            for name, value in self.sheet.facts.items()
            if normal_header(name) in wanted | {"la"}
        }
        for place, cells in self.sheet.columns.items():
            name = normal_header(self.sheet.header[place])
            if name in wanted and place not in self.column_of_header:
                codes[name] = frozenset(cell.strip() for cell in cells if cell)
        return codes


def header_names(tables: Sequence[Table], mapping: HeaderMapping | None = None) -> HeaderNames:
    """Every header name that any of the raw tables accepts: what the readers look for.

    Raises ``SettingsError`` when the mapping names a table or column that does not exist.
    """
    _check_mapping(tables, mapping or {})
    names = {normal_header(name) for name in SCHOOL_HEADERS}
    for table in tables:
        names |= {name for name, column in _accepted(table, mapping).items() if column}
    return HeaderNames(frozenset(names - {""}))


def _check_mapping(tables: Sequence[Table], mapping: HeaderMapping) -> None:
    by_name = {table.name: table for table in tables}
    for table_name, headers in mapping.items():
        if table_name not in by_name:
            raise SettingsError("The mapping names a table that does not exist", f'mapping."{table_name}"')
        delivered = {column.name for column in delivered_columns(by_name[table_name])}
        for column in set(headers.values()) - delivered - {""}:
            next_step = "Use one of: " + ", ".join(sorted(delivered)) + "."
            raise SettingsError("The mapping names a column that does not exist", f"{table_name}.{column}", next_step)


def recognise_delivery(
    sheets: Sequence[SheetRows], tables: Sequence[Table], mapping: HeaderMapping | None = None, where: str = ""
) -> tuple[list[Recognised], list[SheetRows]]:
    """The recognised sheets of one delivery, and those that are no table we know beside them (notes, lists).

    Raises ``SourceFileError`` when no sheet is recognised, or one is recognised but cannot be taken.
    """
    recognised: list[Recognised] = []
    others: list[SheetRows] = []
    first_refusal: SourceFileError | None = None
    for sheet in sheets:
        try:
            recognised.append(recognise(sheet, tables, mapping, where))
        except SourceFileError as refusal:
            if refusal.rule != "UNRECOGNISED":
                raise
            first_refusal = first_refusal or refusal
            others.append(sheet)
    if not recognised and first_refusal is not None:
        raise first_refusal
    return recognised, others


def recognise(
    sheet: SheetRows, tables: Sequence[Table], mapping: HeaderMapping | None = None, where: str = ""
) -> Recognised:
    """The one table whose signature the header shows and of which it names most columns.

    Raises ``SourceFileError``: UNRECOGNISED, AMBIGUOUS, MISSING_COLUMN, HEADER_TWICE. Messages name headers only.
    """
    here = ", ".join(part for part in (where, shown_name(sheet.member), shown_name(sheet.sheet or "")) if part)
    places = {table.name: _places(sheet.header, table, mapping) for table in tables if table.source}
    complete = [t for t in tables if t.source and set(t.source.signature) <= set(places[t.name].values())]
    if not complete:
        raise _refuse_incomplete(sheet, tables, places, here)
    table = _best(complete, places, sheet, here)
    found = places[table.name]
    _refuse_doubles(sheet, table, found, here)
    missing = [c for c in delivered_columns(table) if c.required and c.name not in found.values()]
    refused = [column for column in missing if column.name not in FROM_FILE_NAME]
    if refused:
        raise _refuse_missing(sheet, table, refused, found, here)
    return Recognised(sheet, table, found, _unknown(sheet, table, found, mapping), tuple(c.name for c in missing))


def _places(header: Sequence[str], table: Table, mapping: HeaderMapping | None) -> dict[int, str]:
    accepted = _accepted(table, mapping)
    named = ((place, accepted.get(normal_header(name))) for place, name in enumerate(header))
    return {place: column for place, column in named if column}


def _accepted(table: Table, mapping: HeaderMapping | None) -> dict[str, str]:
    own = {normal_header(header): column for header, column in (mapping or {}).get(table.name, {}).items()}
    return {**accepted_headers(table), **own}


def _best(complete: list[Table], places: dict[str, dict[int, str]], sheet: SheetRows, where: str) -> Table:
    """Most columns named; then the sheet's name; then the table of which the header names the larger part."""

    def rank(table: Table) -> tuple[int, bool, float]:
        named = len(set(places[table.name].values()))
        is_named_so = bool(table.source and table.source.sheet) and normal_header(sheet.sheet or "") == normal_header(
            (table.source.sheet if table.source else "") or ""
        )
        return named, is_named_so, named / len(delivered_columns(table))

    ranked = sorted(complete, key=rank, reverse=True)
    if len(ranked) > 1 and rank(ranked[0]) == rank(ranked[1]):
        labels = " or ".join(_label(table) for table in ranked[:2])
        next_step = "Name the sheet as in the blank workbook, or add the columns that tell them apart."
        raise SourceFileError("AMBIGUOUS", f"The table may be {labels}", where, next_step)
    return ranked[0]


def _refuse_incomplete(
    sheet: SheetRows, tables: Sequence[Table], places: dict[str, dict[int, str]], where: str
) -> SourceFileError:
    """No signature is whole: the nearest table's missing columns, or UNRECOGNISED when none is near."""

    def share(table: Table) -> tuple[float, int]:
        signature = table.source.signature if table.source else ()
        found = set(places[table.name].values())
        return len(found & set(signature)) / max(1, len(signature)), len(found)

    nearest = max((table for table in tables if table.source), key=share, default=None)
    if nearest is None or share(nearest)[0] < 0.5:
        what = f"The column names belong to no table we know; found: {_shown(sheet, set())}"
        return SourceFileError("UNRECOGNISED", what, where, _how_to_map("a table's name", "a column's name"))
    found = places[nearest.name]
    signature = nearest.source.signature if nearest.source else ()
    missing = [nearest.by_name[name] for name in signature if name not in found.values()]
    return _refuse_missing(sheet, nearest, missing, found, where)


def _refuse_missing(
    sheet: SheetRows, table: Table, missing: Sequence[Column], found: Mapping[int, str], where: str
) -> SourceFileError:
    names = "; ".join(" or ".join(column.header_names()[:3]) for column in missing)
    what = f"{_label(table)} lacks {names}. Column names found: {_shown(sheet, set(found))}"
    return SourceFileError("MISSING_COLUMN", what, where, _how_to_map(table.name, missing[0].name))


def _how_to_map(table_name: str, column_name: str) -> str:
    return (
        "Add the column to the export; if it is there under another name, put that name into the settings: "
        f'[mapping."{table_name}"] "name in the file" = "{column_name}".'
    )


def _refuse_doubles(sheet: SheetRows, table: Table, found: Mapping[int, str], where: str) -> None:
    for column, count in Counter(found.values()).items():
        if count > 1:
            twice = " and ".join(_clipped(sheet.header[place]) for place, name in found.items() if name == column)
            what = f"{_label(table)} has two columns for {table.by_name[column].header_names()[0]}: {twice}"
            next_step = (
                "Keep one of them, or name the other one in the settings as not wanted: "
                f'[mapping."{table.name}"] "name in the file" = "".'
            )
            raise SourceFileError("HEADER_TWICE", what, where, next_step)


def _unknown(
    sheet: SheetRows, table: Table, found: Mapping[int, str], mapping: HeaderMapping | None
) -> tuple[str, ...]:
    passed_over = {normal_header(name) for name in SCHOOL_HEADERS} | {"la"}
    passed_over |= {normal_header(name) for name in (mapping or {}).get(table.name, {})}
    return tuple(
        _clipped(name)
        for place, name in enumerate(sheet.header)
        if name and place not in found and normal_header(name) not in passed_over
    )


def _label(table: Table) -> str:
    return table.source.label if table.source else table.name


def _clipped(name: str) -> str:
    shown = shown_name(name)
    return shown if len(shown) <= _HEADER_CHARACTERS else shown[: _HEADER_CHARACTERS - 1] + "…"


def _shown(sheet: SheetRows, found: set[int]) -> str:
    """The header in a message. A row of data taken for a header must not be quoted in it.

    So names are shown only where the readers knew them, or where known names are at least a third of the
    row; and a name with three digits in a row (a UPN, a date) never.
    """
    known = set(sheet.columns) | found
    filled = [place for place, name in enumerate(sheet.header) if name]
    is_trusted = len(known) * 3 >= len(filled) and len(known) >= 3
    shown, hidden_count = [], 0
    for place in filled:
        name = sheet.header[place]
        if place in known or (is_trusted and not _DIGITS.search(name)):
            shown.append(_clipped(name))
        else:
            hidden_count += 1
    more = f" and {hidden_count} more" if hidden_count else ""
    return ", ".join(shown[:_SHOWN_COUNT]) + more
