"""A contract in Great Expectations' terms: which expectation, with which arguments. Imports nothing of it.

``gx.py`` makes expectations of these and evaluates them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from expectations.checks import (
    Between,
    Check,
    DateBetween,
    Matches,
    NotAbove,
    NotBefore,
    OneOf,
    SumsTo,
    TableCheck,
    UniqueTogether,
    ValidUpn,
)
from expectations.contract import Table
from expectations.derive import PROVENANCE_NAMES, schema
from expectations.errors import DeclarationError

PANDAS_TYPES: dict[type[pl.DataType], tuple[str, ...]] = {
    pl.String: ("str",),
    pl.Int64: ("int64", "Int64"),
    pl.Float64: ("float64", "Float64"),
    pl.Boolean: ("bool", "boolean"),
    pl.Date: ("datetime64[ns]",),
}
"""What a column's type is called once it is in pandas, without and with blanks."""


@dataclass(frozen=True)
class Rule:
    """One expectation to be: its name in Great Expectations, its arguments, and what it is called in our findings."""

    expectation: str
    column: str
    rule: str
    arguments: Mapping[str, Any]


def rules(table: Table) -> list[Rule]:
    """Every rule of the contract in Great Expectations' terms, without importing it."""
    wanted = schema(table)
    types = {name: list(PANDAS_TYPES[kind]) for name, kind in wanted.items()}
    found = [
        Rule("ExpectTableColumnsToMatchOrderedList", "", "COLUMNS", {"column_list": list(wanted)}),
        Rule("ExpectColumnTypes", "", "COLUMNS", {"column_types": types}),
    ]
    for column in table.columns:
        is_text_yet = table.layer == "raw"  # as delivered: cleaning judges it once it is typed
        if column.required and (not is_text_yet or column.name in PROVENANCE_NAMES):
            found.append(Rule("ExpectColumnValuesToNotBeNull", column.name, "REQUIRED", {"column": column.name}))
        found += [] if is_text_yet else [_column_rule(check, column.name) for check in column.checks]
    found += [] if table.layer == "raw" else [_table_rule(check) for check in table.checks]
    if table.key:
        found.append(_once(table.key, "KEY"))
    return found


def _column_rule(check: Check, column: str) -> Rule:
    arguments: dict[str, Any]
    match check:
        case Between(low=low, high=high):
            kind, arguments = "ExpectColumnValuesToBeBetween", {"min_value": low, "max_value": high}
        case DateBetween(low=low, high=high):
            first, last = (dt.datetime.combine(date, dt.time.min) for date in (low, high))
            kind, arguments = "ExpectColumnValuesToBeBetween", {"min_value": first, "max_value": last}
        case OneOf(values=values):
            kind, arguments = "ExpectColumnValuesToBeInSet", {"value_set": list(values)}
        case Matches(pattern=pattern):
            kind, arguments = "ExpectColumnValuesToMatchRegex", {"regex": f"^(?:{pattern})$"}
        case ValidUpn():
            kind, arguments = "ExpectColumnValuesToBeValidUpn", {}
        case _:
            raise DeclarationError("A check has no translation for Great Expectations", type(check).__name__)
    return Rule(kind, column, check.rule, {"column": column, **arguments})


def _table_rule(check: TableCheck) -> Rule:
    match check:
        case NotBefore(column=later, other=earlier) | NotAbove(column=earlier, other=later):
            pair = {
                "column_A": later,
                "column_B": earlier,
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            }
            return Rule("ExpectColumnPairValuesAToBeGreaterThanB", ",".join(check.columns), check.rule, pair)
        case SumsTo():
            sums = {"column_list": list(check.columns), "ignore_row_if": "any_value_is_missing"}
            return Rule("ExpectPartsToSumToWhole", ",".join(check.columns), check.rule, sums)
        case UniqueTogether(columns=columns):
            return _once(columns, check.rule)
    raise DeclarationError("A check has no translation for Great Expectations", type(check).__name__)


def _once(columns: tuple[str, ...], rule: str) -> Rule:
    if len(columns) == 1:
        return Rule("ExpectColumnValuesToBeUnique", columns[0], rule, {"column": columns[0]})
    together = {"column_list": list(columns), "ignore_row_if": "never"}
    return Rule("ExpectCompoundColumnsToBeUnique", ",".join(columns), rule, together)
