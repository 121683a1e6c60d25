"""What the door and the last look refuse before they look at a figure: declarations, columns, impossible numbers.

Each error names the table, the columns and the way out.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import polars as pl

from expectations.contract import Amount, Column, Count, Kind, Rate, Sensitivity, Table, Worded
from expectations.errors import DisclosureError
from expectations.vocabulary import HIDDEN_COLUMNS
from models.cover import names_in
from models.sums import Row, hideable_columns

USE_DOOR = "Pass the model's frame through models.disclosure.release."
MEND_DECLARATION = "Mend the table's declaration in expectations/tables."


def refuse_declaration(table: Table) -> None:
    """A table is released only if its contract says, for every column, how."""
    if table.sensitivity is not Sensitivity.AGGREGATE:
        raise DisclosureError("The table is not declared as an aggregate", table.name, MEND_DECLARATION)
    if any(column.release is None for column in table.columns):
        raise DisclosureError("A column has no disclosure role", table.name, MEND_DECLARATION)
    figures = hideable_columns(table)
    for column in figures:
        if column.required or column.kind not in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY):
            where = f"{table.name}.{column.name}"
            raise DisclosureError("A figure that may be hidden is not an optional number", where, MEND_DECLARATION)
    words = dependent_words(table)
    if any(column.required for column in words):
        raise DisclosureError("Words that may be hidden are not optional", table.name, MEND_DECLARATION)
    named = {name for column in (*figures, *words) for name in names_in(column.release)}
    named |= {name for partition in table.partitions for name in (partition.whole, *partition.parts)}
    unknown = sorted(named - set(table.by_name))
    if any(isinstance(column.release, Amount) and _lacks_largest(column.release) for column in figures) and not unknown:
        raise DisclosureError("An amount names no largest contributions", table.name, MEND_DECLARATION)
    if unknown or (figures and HIDDEN_COLUMNS.name not in table.by_name):
        missing = unknown or [HIDDEN_COLUMNS.name]
        raise DisclosureError(f"The table has no column {', '.join(missing)}", table.name, MEND_DECLARATION)


def dependent_words(table: Table) -> list[Column]:
    """Columns of words that are hidden with a count."""
    return [column for column in table.columns if isinstance(column.release, Worded) and column.release.of]


def _lacks_largest(role: Amount) -> bool:
    return role.largest is None or role.second is None


def input_only(table: Table) -> list[str]:
    """Columns that the door needs and drops."""
    roles = [column.release for column in table.columns]
    named = {name for role in roles if isinstance(role, Amount) for name in (role.largest, role.second)}
    named |= {role.base for role in roles if isinstance(role, Rate)}
    return sorted(name for name in named if name and name not in table.by_name)


def refuse_columns(table: Table, frame: pl.DataFrame, needed: Sequence[str]) -> None:
    """Missing or undeclared columns: an undeclared one may hold true values."""
    wanted = {*table.by_name, *needed}
    differing = sorted(wanted.symmetric_difference(frame.columns))
    if differing:
        raise DisclosureError(f"Columns are missing or not declared: {', '.join(differing)}", table.name, USE_DOOR)
    if table.key and frame.select(table.key).is_duplicated().any():
        raise DisclosureError("The key is not unique", table.name, "Mend the model.")


def refuse_impossible(table: Table, rows: Sequence[Row]) -> None:
    """Figures that no group can have: not a number, below nobody, or more than the whole group."""
    for column in hideable_columns(table):
        role, where = column.release, f"{table.name}.{column.name}"
        known = [row for row in rows if row[column.name] is not None]
        if not all(isfinite(row[column.name]) for row in known):
            raise DisclosureError("A figure is not a number", where, "Mend the model: a figure is a number or blank.")
        if not isinstance(role, Count):
            continue
        groups = [(row[column.name], row[role.of] if role.of else None) for row in known]
        if any(count < 0 or (group is not None and count > group) for count, group in groups):
            raise DisclosureError("A count is below 0 or more than its group", where, "Mend the model.")
