"""Frames for tests, filled by contract: say what matters, the rest is a plain valid value.

``rows(TABLE, surname=["A", "B"])`` gives two rows; ``table(TABLE, text)`` reads a small table drawn with bars.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

import polars as pl

from expectations.checks import UPN_LETTERS
from expectations.contract import Column, Kind, Table
from expectations.derive import PROVENANCE_NAMES, allowed_values, conform, empty_frame, schema

_PLAIN: dict[Kind, tuple[Any, ...]] = {
    Kind.TEXT: ("x", "100001", "0123456789abcdef0123", "230", "8610001", "0" * 16, "T1", "1.1.01"),
    Kind.INTEGER: (1, 5, 100, 2025),
    Kind.NUMBER: (1.0, 0.5, 500.0),
    Kind.DATE: (dt.date(2025, 9, 8), dt.date(2015, 1, 1)),
    Kind.BOOLEAN: (True,),
    Kind.MONEY: (10_000,),
}


def upn(number: int, temporary: bool = False) -> str:
    """A valid UPN of a fictional school; different numbers give different UPNs."""
    body = f"8019{number:08d}" if not temporary else f"8019{number:07d}A"
    values = [int(c) if c.isdigit() else UPN_LETTERS.index(c) for c in body]
    return UPN_LETTERS[sum(v * w for v, w in zip(values, range(2, 14), strict=True)) % 23] + body


def pupil(number: int) -> str:
    """A pupil key."""
    return f"{number:020x}"


@cache
def plain_value(column: Column) -> Any:
    """A value that holds every rule of the column; nothing where a blank is allowed."""
    if not column.required:
        return None
    candidates = (*allowed_values(column), *_PLAIN[column.kind], upn(1))
    if column.kind is Kind.BOOLEAN:
        return True
    for candidate in candidates:
        kept = pl.DataFrame({column.name: [candidate]})
        try:
            if not any(kept.select(check.failing(column.name)).item() for check in column.checks):
                return candidate
        except (pl.exceptions.ComputeError, pl.exceptions.InvalidOperationError, pl.exceptions.SchemaError):
            continue  # a text cannot be compared with a bound
    raise AssertionError(f"No plain value for {column.name}: add one")


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return ("Yes" if value else "No") if isinstance(value, bool) else str(value)


def rows(contract: Table, **overrides: Any) -> pl.DataFrame:
    """Rows of a contract: a list gives one value a row, anything else the same value in each.

    Rows of a raw table are text, numbered from 1 in one delivery. A name that is no column is an error.
    """
    unknown = set(overrides) - set(contract.column_names)
    assert not unknown, f"{contract.name} has no {sorted(unknown)}"
    lengths = {len(value) for value in overrides.values() if isinstance(value, list)} or {1}
    assert len(lengths) == 1, "lists of different lengths"
    height = lengths.pop()
    if height == 0:
        return empty_frame(contract)
    kinds = schema(contract)
    data: dict[str, Sequence[Any]] = {}
    for column in contract.columns:
        value = overrides[column.name] if column.name in overrides else plain_value(column)
        if column.name == "row_number" and "row_number" not in overrides:
            value = list(range(1, height + 1))
        values = value if isinstance(value, list) else [value] * height
        data[column.name] = [_text(v) for v in values] if kinds[column.name] is pl.String else values
    return conform(pl.DataFrame(data, schema=kinds, strict=False), contract)


def _read_cell(text: str, column: Column, is_raw: bool) -> Any:
    if text in ("", "-"):
        return None
    if is_raw and column.name != "row_number":
        return text
    reader = {
        Kind.INTEGER: int, Kind.MONEY: int, Kind.NUMBER: float, Kind.DATE: dt.date.fromisoformat,
        Kind.BOOLEAN: lambda word: {"yes": True, "no": False}[word],
    }.get(column.kind, str)  # fmt: skip
    return reader(text)


def table(contract: Table, drawn: str, **overrides: Any) -> pl.DataFrame:
    """Rows from a drawn table: a header line, then one line a row, cells apart by ``|``; ``-`` or nothing is a blank.

    Dates are ISO, booleans yes and no, money whole pence (as delivered in a raw table). ``P3`` in a ``pupil_key``
    and ``U3`` in a ``upn`` stand for the third pupil's; ``T3`` for a temporary UPN.
    """
    lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines() if line.strip()]
    names, body = lines[0], lines[1:]
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for line in body:
        for name, cell in zip(names, line, strict=True):
            columns[name].append(_read_cell(_short(name, cell), contract.by_name[name], contract.layer == "raw"))
    return rows(contract, **{**columns, **overrides})


def _short(name: str, cell: str) -> str:
    number = cell[1:]
    if not number.isdigit():
        return cell
    if name == "pupil_key" and cell[0] == "P":
        return pupil(int(number))
    if name in ("upn", "former_upn") and cell[0] in "UT":
        return upn(int(number), temporary=cell[0] == "T")
    return cell


def without_provenance(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame's own columns, for comparison."""
    return frame.drop([name for name in PROVENANCE_NAMES if name in frame.columns and name != "school_urn"])
