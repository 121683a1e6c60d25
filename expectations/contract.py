"""The words in which a table is declared: ``Table``, ``Column``, and what may be said of them.

A table is declared once, in ``expectations/tables``; the polars schema, the DuckDB DDL, the accepted
headers, the Great Expectations suite, the blank workbook, the dictionary and the test builders are
derived from it (``derive.py``, ``gx.py``). Frozen dataclasses only: nothing here reads or computes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from expectations.errors import DeclarationError
from expectations.roles import (
    Amount,
    Chain,
    Count,
    Label,
    Partition,
    Rate,
    Release,
    RowPartition,
    Staffing,
    Worded,
)

if TYPE_CHECKING:
    from expectations.checks import Check, TableCheck

__all__ = [
    "Amount", "Chain", "Column", "Count", "Header", "Kind", "Label", "OnBad", "Partition", "Period", "Rate", "Release",
    "RowPartition", "Sensitivity", "Source", "Staffing", "Table", "Unit", "Worded",
]  # fmt: skip


class Kind(Enum):
    """What a value is. The engine types follow in ``derive.py``."""

    TEXT = "text"
    INTEGER = "whole number"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "yes or no"
    MONEY = "amount in pounds as delivered, whole pence as stored"


class Unit(Enum):
    """What a number counts. The unit also ends the column's name."""

    PENCE = "pence"
    WEEKS = "weeks"
    HOURS = "hours"
    MINUTES = "minutes"
    DAYS = "days"
    SESSIONS = "sessions"
    PUPILS = "pupils"
    PLANS = "EHC plans"
    OUTCOMES = "EHC plan outcomes"
    TARGETS = "targets"
    ROWS = "rows"
    FILES = "files"
    SCHOOLS = "schools"
    POINTS = "standardised score points"
    SD = "standard deviations"
    RATE = "share from 0 to 1"
    MONTHS = "months"
    PLACES = "places"


class Sensitivity(Enum):
    """Who may ever see a table. Publishing reads this and refuses what does not fit."""

    PUPIL = "one child per row or less: levels 2 and 3, staff app only"
    INTERNAL = "totals before disclosure control, or staff pay: level 2 only"
    AGGREGATE = "released numbers only: level 4, board app"
    OPEN = "no pupil and no pay behind it: any level"


class OnBad(Enum):
    """What a delivered value that breaks a rule does to its row."""

    QUARANTINE = "the row is set aside for the school to mend"
    FLAG = "the row is taken, the value is left blank and the school is told"


@dataclass(frozen=True)
class Header:
    """A header name that a delivered file may use for a column, with why it differs.

    ``since`` and ``until`` are academic years (2024 = 2024/25) for names that drift from year to year.
    """

    name: str
    reason: str = ""
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True)
class Column:
    """One column: its name, kind, meaning, unit, rules and the headers it may arrive under.

    ``null`` is ``None`` for a required column; otherwise the meaning of a blank, in words.
    ``personal`` marks values that name a child (name, UPN, date of birth).
    ``release`` is the disclosure role and must be given for every column of an aggregate mart.
    """

    name: str
    kind: Kind
    meaning: str
    unit: Unit | None = None
    null: str | None = None
    checks: tuple[Check, ...] = ()
    headers: tuple[str | Header, ...] = ()
    on_bad: OnBad = OnBad.QUARANTINE
    personal: bool = False
    release: Release | None = None

    @property
    def required(self) -> bool:
        """True when a blank is not allowed."""
        return self.null is None

    def header_names(self) -> tuple[str, ...]:
        """Every accepted header, the one used in blank workbooks first."""
        named = tuple(h.name if isinstance(h, Header) else h for h in self.headers)
        return named or (self.name,)

    def but(self, **changes: object) -> Column:
        """The same column with other details: one meaning, several tables."""
        return replace(self, **changes)  # type: ignore[arg-type]  # dataclasses.replace is untyped by field


class Period(Enum):
    """What a delivery of a source replaces, within one school."""

    WHOLE = "everything of that school"
    ACADEMIC_YEAR = "one academic year of that school"
    CENSUS = "one census of that school"
    FINANCIAL_YEAR = "one financial year of the trust"


@dataclass(frozen=True)
class Source:
    """How a raw table arrives. ``name`` and ``entity`` make the table's name ``raw_<name>__<entity>``.

    ``signature`` are the columns whose headers recognise the table by content; ``sheet`` is the sheet's
    name in a workbook; ``owner`` says whether the folder of a school or of the trust delivers it.
    """

    name: str
    entity: str
    label: str
    signature: tuple[str, ...]
    natural_key: tuple[str, ...] = ()
    parent: str | None = None
    parent_key: tuple[str, ...] = ()
    is_pupil_list: bool = False
    period: Period = Period.WHOLE
    sheet: str | None = None
    owner: str = "school"
    templated: bool = False


_TABLE_NAME = re.compile(r"^(raw|clean|core|model|mart)_[a-z0-9_]+?(__[a-z0-9_]+)?$")
_COLUMN_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


@dataclass(frozen=True, eq=False)
class Table:
    """One table: grain, columns, key, who may see it, and the rules that hold across columns.

    A table is declared once, so it equals itself alone and what is derived from it can be kept. ``totalled_over`` are
    key columns over whose rows a total is published in another table, so that a single hidden row would follow from it.
    Where that total is declared (``Count.sums_to``), say it there too: then the attacker uses the number itself. The
    disclosure roles, partitions and chains are in ``roles.py``; what tables tell of the same pupils is declared there.
    """

    name: str
    grain: str
    sensitivity: Sensitivity
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    checks: tuple[TableCheck, ...] = ()
    source: Source | None = None
    partitions: tuple[Partition, ...] = ()
    row_partitions: tuple[RowPartition, ...] = ()
    totalled_over: tuple[str, ...] = ()
    chains: tuple[Chain, ...] = ()
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        if not _TABLE_NAME.match(self.name):
            raise DeclarationError("A table's name does not follow the grammar", self.name)
        object.__setattr__(self, "by_name", {c.name: c for c in self.columns})
        if len(self.by_name) != len(self.columns):
            raise DeclarationError("A column is declared twice", self.name)
        for name in (*self.key, *(self.source.signature if self.source else ())):
            if name not in self.by_name:
                raise DeclarationError("A key or signature names no column", f"{self.name}.{name}")
        if not set(self.totalled_over) <= set(self.key):
            raise DeclarationError("A table is totalled over what is not in its key", self.name)
        for column in self.columns:
            if not _COLUMN_NAME.match(column.name):
                raise DeclarationError("A column's name is not lower_snake_case", f"{self.name}.{column.name}")
            if self.sensitivity is Sensitivity.AGGREGATE and column.release is None:
                raise DeclarationError(
                    "A column of an aggregate table has no disclosure role", f"{self.name}.{column.name}"
                )
            if self.sensitivity is not Sensitivity.PUPIL and column.personal:
                raise DeclarationError("A table that is not PUPIL has a personal column", f"{self.name}.{column.name}")

    @property
    def layer(self) -> str:
        """``raw``, ``clean``, ``core``, ``model`` or ``mart``."""
        return self.name.split("_", 1)[0]

    @property
    def noun(self) -> str:
        """The subject that names the table's file, model, asset group and view."""
        return self.name.split("_", 1)[1].split("__", 1)[0]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Column names in declared order."""
        return tuple(self.by_name)
