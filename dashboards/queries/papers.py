"""Rows behind the figures of a paper: any published table by the columns that a figure names."""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.queries import Query


def rows_of(table: str, columns: Iterable[str]) -> Query:
    """All rows of one table in the file; names come from the figures' definitions, which a test holds to contracts."""
    return Query(f"select {', '.join(columns)} from {table}")  # noqa: S608
