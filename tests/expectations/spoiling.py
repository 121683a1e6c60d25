"""Frames that hold or break chosen rules of any contract: three whole rows, then one row for each rule to be broken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from expectations.checks import (
    Between,
    DateBetween,
    Matches,
    NotAbove,
    NotBefore,
    OneOf,
    SumsTo,
    UniqueTogether,
    ValidUpn,
)
from expectations.contract import Kind, Table
from expectations.derive import schema
from tests.support.frames import plain_value, upn

_DAY = dt.timedelta(days=1)
_KEYS: dict[type[pl.DataType], Any] = {
    pl.String: lambda place: f"{place:06d}",
    pl.Int64: lambda place: place,
    pl.Date: lambda place: dt.date(2025, 9, 1) + place * _DAY,
}


@dataclass(frozen=True)
class Spoil:
    """One rule broken in one row: values to put, and (column, rule) that must be found."""

    finding: tuple[str, str]
    values: dict[str, Any]


def spoils(table: Table) -> list[Spoil]:
    """A way to break every rule of the contract, some rules in two ways."""
    found = [Spoil((c.name, "REQUIRED"), {c.name: None}) for c in table.columns if c.required]
    for column in table.columns:
        for check in column.checks:
            values = list(_wrong_values(check, column.kind))
            found += [Spoil((column.name, check.rule), {column.name: value}) for value in values]
    for check in table.checks:
        found.append(Spoil((",".join(check.columns), check.rule), _wrong_row(check, table)))
    return found


def _wrong_values(check: object, kind: Kind) -> Iterable[Any]:
    match check:
        case Between(low=low, high=high):
            whole = kind in (Kind.INTEGER, Kind.MONEY)
            step = 1 if whole else 0.001
            yield from [] if low is None else [low - step]
            yield from [] if high is None else [high + step]
            yield from [] if whole else [float("nan")]
        case DateBetween(low=low, high=high):
            yield from (low - _DAY, high + _DAY, dt.date(9999, 12, 31))
        case OneOf() | Matches():
            yield from ("?", "x\n")
        case ValidUpn():
            right = upn(7)
            yield from (right[:-1] + ("1" if right[-1] != "1" else "2"), "é")
        case _:
            raise AssertionError(f"No way to break {type(check).__name__}: add one")


def _wrong_row(check: object, table: Table) -> dict[str, Any]:
    match check:
        case NotBefore(column=later, other=earlier):
            return {later: dt.date(2020, 9, 1), earlier: dt.date(2020, 9, 2)}
        case NotAbove(column=part, other=whole):
            return {part: 2, whole: 1}
        case SumsTo(whole=whole, parts=parts):
            return {**dict.fromkeys(parts, 1), whole: len(parts) + 1}
        case UniqueTogether(columns=columns):
            return {name: whole_row(table, 0)[name] for name in columns}
    raise AssertionError(f"No way to break {type(check).__name__}: add one")


def whole_row(table: Table, place: int) -> dict[str, Any]:
    """A row with no blank that keeps every rule; its key is its own where a rule leaves room for that."""
    row = {column.name: plain_value(column.but(null=None)) for column in table.columns}
    for check in table.checks:
        if isinstance(check, SumsTo):
            row |= {**dict.fromkeys(check.parts, 0), check.whole: 0}
    for name in table.key:
        if not table.by_name[name].checks and (make := _KEYS.get(schema(table)[name])):
            row[name] = make(place)
    for name, choices in _choices(table).items():
        row[name] = choices[place % len(choices)]
    return row


def _choices(table: Table) -> dict[str, list[Any]]:
    """For a key of checked columns only: values of the column with the most room, so that keys differ."""
    if not table.key or any(not table.by_name[name].checks for name in table.key):
        return {}
    name = max(table.key, key=lambda key: key in ("pupil_key", "school_urn", "academic_year", "financial_year"))
    room: dict[str, list[Any]] = {
        "pupil_key": [f"{place:020x}" for place in range(900)],
        "school_urn": [f"{place:06d}" for place in range(900)],
        "academic_year": list(range(2010, 2046)),
        "financial_year": list(range(2010, 2046)),
    }
    return {name: room[name]} if name in room else {}


def spoiled(table: Table, chosen: Iterable[Spoil]) -> pl.DataFrame:
    """Three whole rows, then one for each chosen way to break a rule; only those rules are broken, plus the key
    where a broken row takes another row's key."""
    chosen = list(chosen)
    rows = [whole_row(table, place) for place in range(3)]
    rows += [whole_row(table, place) | spoil.values for place, spoil in enumerate(chosen, start=3)]
    return pl.DataFrame(rows, schema=schema(table), orient="row")
