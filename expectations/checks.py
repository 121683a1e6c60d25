"""Checks: small frozen objects that describe themselves, test themselves and say what to do next.

A column check answers ``failing(name)``: a boolean polars expression, true where the row breaks the rule
and never null. A table check answers ``failing()`` over several columns. Great Expectations'
translation of each class is in ``gx.py``; a test holds the two in step.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import polars as pl

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters of a UPN's check letter (A=0 … Z=22): no I, O or S. Source: Unique Pupil Numbers, version 2.0."""


@runtime_checkable
class Check(Protocol):
    """A rule on one column."""

    @property
    def rule(self) -> str:
        """Stable code of the rule."""

    @property
    def next_step(self) -> str:
        """What to do about a value that breaks it."""

    def describe(self) -> str:
        """The rule in words that a SENCO understands."""

    def failing(self, column: str) -> pl.Expr:
        """True where the value breaks the rule; a blank never does."""


@runtime_checkable
class TableCheck(Protocol):
    """A rule across the columns of a table."""

    @property
    def rule(self) -> str:
        """Stable code of the rule."""

    @property
    def next_step(self) -> str:
        """What to do about a row that breaks it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it speaks of."""

    def describe(self) -> str:
        """The rule in words."""

    def failing(self) -> pl.Expr:
        """True where the row breaks the rule."""


@dataclass(frozen=True)
class Between:
    """The number lies between two bounds, both included; either may be open."""

    low: float | None = None
    high: float | None = None
    rule: str = "RANGE"
    next_step: str = "Check the number against the record and correct it."

    def describe(self) -> str:
        if self.low is None and self.high is None:
            return "must be a number"
        if self.high is None:
            return f"must be {self._words(self.low)} or more"
        if self.low is None:
            return f"must be {self._words(self.high)} or less"
        return f"must be between {self._words(self.low)} and {self._words(self.high)}"

    def _words(self, bound: float | None) -> str:
        bound = bound or 0
        return f"{bound:,.10g}" if abs(bound) >= 10_000 else f"{bound:g}"  # a year has no comma

    def failing(self, column: str) -> pl.Expr:
        value = pl.col(column)
        outside = pl.lit(False)
        if self.low is not None:
            outside = outside | (value < self.low)
        if self.high is not None:
            outside = outside | (value > self.high)
        # NaN compares false with everything, so it is named: a figure that is not a number never passes.
        not_a_number = value.cast(pl.Float64, strict=False).is_nan()
        return (outside | not_a_number).fill_null(False)


@dataclass(frozen=True)
class PenceBetween(Between):
    """An amount in whole pence between two bounds, told in pounds, as the files bring it."""

    def _words(self, bound: float | None) -> str:
        return f"£{(bound or 0) / 100:,.10g}"


@dataclass(frozen=True)
class DateBetween:
    """The date lies between two dates, both included."""

    low: dt.date
    high: dt.date
    rule: str = "DATE_RANGE"
    next_step: str = "Check the year; dates are day, month, year."

    def describe(self) -> str:
        return f"must be a date from {self.low:%d %b %Y} to {self.high:%d %b %Y}"

    def failing(self, column: str) -> pl.Expr:
        return (~pl.col(column).is_between(self.low, self.high)).fill_null(False)


@dataclass(frozen=True)
class OneOf:
    """The value is one of a closed list of codes."""

    values: tuple[str, ...]
    rule: str = "CODE"
    next_step: str = "Use one of the listed codes."

    def describe(self) -> str:
        shown = ", ".join(self.values[:12]) + (" …" if len(self.values) > 12 else "")
        return f"must be one of {shown}"

    def failing(self, column: str) -> pl.Expr:
        return (~pl.col(column).is_in(list(self.values))).fill_null(False)


@dataclass(frozen=True)
class Matches:
    """The text has a stated form (a whole-value regular expression)."""

    pattern: str
    meaning: str
    rule: str = "FORM"
    next_step: str = "Correct the value to the stated form."

    def describe(self) -> str:
        return f"must be {self.meaning}"

    def failing(self, column: str) -> pl.Expr:
        return (~pl.col(column).str.contains(f"^(?:{self.pattern})$")).fill_null(False)


def _character_value(character: pl.Expr) -> pl.Expr:
    digit = character.cast(pl.Int64, strict=False)
    letter = character.replace_strict(
        {letter: position for position, letter in enumerate(UPN_LETTERS)}, default=None, return_dtype=pl.Int64
    )
    return pl.coalesce(digit, letter)


@dataclass(frozen=True)
class ValidUpn:
    """A 13-character UPN whose check letter is right; temporary UPNs (last character a letter) included.

    Weights 2 to 13 on characters 2 to 13, modulo 23, index into ``UPN_LETTERS``.
    Source: Unique Pupil Numbers guidance, version 2.0.
    """

    rule: str = "UPN"
    next_step: str = "Copy the UPN again from the MIS; one character is wrong or missing."

    def describe(self) -> str:
        return "must be a UPN of 13 characters with the right check letter"

    def failing(self, column: str) -> pl.Expr:
        upn = pl.col(column)
        well_formed = upn.str.contains(f"^[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]$")
        total = pl.sum_horizontal(
            *[(_character_value(upn.str.slice(place, 1)) * (place + 1)) for place in range(1, 13)]
        )
        expected = _character_value(upn.str.slice(0, 1))
        right = well_formed & ((total % 23) == expected)
        return (~right.fill_null(False)) & upn.is_not_null()


@dataclass(frozen=True)
class UniqueTogether:
    """No two rows share the same values in these columns."""

    columns: tuple[str, ...]
    rule: str = "TWICE"
    next_step: str = "Keep one of the rows."

    def describe(self) -> str:
        return f"{', '.join(self.columns)}: each combination once"

    def failing(self) -> pl.Expr:
        return pl.struct(self.columns).is_duplicated()


@dataclass(frozen=True)
class NotBefore:
    """A date is not before another date of the row."""

    column: str
    other: str
    rule: str = "DATE_ORDER"
    next_step: str = "Check both dates; the second comes before the first."

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column, self.other)

    def describe(self) -> str:
        return f"{self.column} must not be before {self.other}"

    def failing(self) -> pl.Expr:
        return (pl.col(self.column) < pl.col(self.other)).fill_null(False)


@dataclass(frozen=True)
class NotAbove:
    """A number is not above another number of the row."""

    column: str
    other: str
    rule: str = "ABOVE"
    next_step: str = "Check both numbers; the part is larger than the whole."

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column, self.other)

    def describe(self) -> str:
        return f"{self.column} must not be above {self.other}"

    def failing(self) -> pl.Expr:
        return (pl.col(self.column) > pl.col(self.other)).fill_null(False)


@dataclass(frozen=True)
class SumsTo:
    """Parts sum to the whole, where all are shown."""

    whole: str
    parts: tuple[str, ...]
    rule: str = "SUM"
    next_step: str = "The parts do not add up to the total; check each."

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.whole, *self.parts)

    def describe(self) -> str:
        return f"{' + '.join(self.parts)} must equal {self.whole}"

    def failing(self) -> pl.Expr:
        total = sum((pl.col(part) for part in self.parts), start=pl.lit(0))
        return (total != pl.col(self.whole)).fill_null(False)
