"""Questions put to published tables: SQL with parameters, and what follows from the rows. Pure, one file a noun."""

from __future__ import annotations

from typing import NamedTuple

Parameter = str | int | bool


class Query(NamedTuple):
    """One question. ``sql`` names every column it needs; values are parameters and never part of the text."""

    sql: str
    parameters: tuple[Parameter, ...] = ()
