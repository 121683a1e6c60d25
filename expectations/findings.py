"""Evaluate a contract's rules on a frame: which rule, which column, how many rows. Never a value."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from expectations.contract import Table
from expectations.derive import schema


@dataclass(frozen=True)
class Finding:
    """One broken rule of one table: counts only."""

    table: str
    column: str
    rule: str
    description: str
    failing_count: int


def find(frame: pl.DataFrame, table: Table) -> list[Finding]:
    """Every broken rule of the contract in the frame; an empty list when all hold.

    Covers columns and types, required values, column checks, table checks and the key.
    """
    wanted = schema(table)
    if list(frame.schema.items()) != [(name, kind()) for name, kind in wanted.items()]:
        return [Finding(table.name, "", "COLUMNS", "columns and types must be as declared", frame.height)]
    rules: list[tuple[str, str, str, pl.Expr]] = []
    for column in table.columns:
        if column.required:
            rules.append((column.name, "REQUIRED", "must not be blank", pl.col(column.name).is_null()))
        rules += [(column.name, c.rule, c.describe(), c.failing(column.name)) for c in column.checks]
    rules += [(",".join(c.columns), c.rule, c.describe(), c.failing()) for c in table.checks]
    if table.key:
        twice = pl.struct(table.key).is_duplicated()
        rules.append((",".join(table.key), "KEY", "each key once", twice))
    if not rules or frame.is_empty():
        return []
    counts = frame.select(expr.sum().alias(str(place)) for place, (*_, expr) in enumerate(rules)).row(0)
    return [
        Finding(table.name, column, rule, description, int(count))
        for (column, rule, description, _), count in zip(rules, counts, strict=True)
        if count
    ]
