"""A figure of a released row as it may be shown: its words, or the sign for hidden or for not available.

Pure. Every table, tile, chart and download takes its figures from here, so a hidden figure has one form everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dashboards.markup import HIDDEN, MISSING, SYMBOL_MEANINGS, Symbol

Row = dict[str, Any]


def is_hidden(row: Row, column: str) -> bool:
    """True where the figure was hidden in the build because the group is small."""
    return column in str(row.get("hidden_columns") or "").split(",")


def known(row: Row, *columns: str) -> bool:
    """True when every one of the figures may be shown and is there."""
    return all(row.get(column) is not None and not is_hidden(row, column) for column in columns)


def shown(row: Row, column: str, words: Callable[[Any], str] = str) -> str | Symbol:
    """The figure in words, or its sign."""
    if is_hidden(row, column):
        return HIDDEN
    value = row.get(column)
    return MISSING if value is None else words(value)


def spoken(row: Row, column: str, words: Callable[[Any], str] = str) -> str:
    """The figure in words alone, for a chart's text alternative: a sign would be read as a letter."""
    said = shown(row, column, words)
    return SYMBOL_MEANINGS[said] if isinstance(said, Symbol) else said


def hidden_count(rows: Iterable[Row], *columns: str) -> int:
    """How many of the named cells are hidden; of all cells when none is named."""
    listed = [[name for name in str(row.get("hidden_columns") or "").split(",") if name] for row in rows]
    return sum(len([name for name in names if not columns or name in columns]) for names in listed)
