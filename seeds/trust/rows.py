"""What a delivered table is made of before it is written: cells, rows, and money as pence. No files."""

from __future__ import annotations

import datetime as dt


class Pence(int):
    """Whole pence, written as pounds."""


Cell = str | int | float | bool | dt.date | Pence | None
Row = list[Cell]
Tables = dict[str, list[Row]]
"""Raw table name to rows; cells in the order of the contract's delivered columns."""
