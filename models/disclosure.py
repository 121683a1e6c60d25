"""The only door to an aggregate mart: small groups are hidden here, once, in the build (METHODS E2, R1 to R4, R6, R8).

``release`` takes true values and gives back what may be published. What each column is (a count, a rate, an amount) and
what it repeats of another table is declared in its contract, nowhere else (``expectations/roles.py``).

Protection is complete as far as tables declare: an attacker (``attack``) tries all sums, groups and shares of a table
together with what leading marts tell (``links``) and what the last release showed (``earlier``); further cells are
hidden until nothing small can be worked out (``secondary``, ``cover``). ``last_look`` attacks all tables of a release
once more before publishing. Aggregate marts stay **few, coarse tables** all the same: words hide with their counts.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.contract import Column, Kind, Rate, Table, Unit
from expectations.derive import conform
from expectations.errors import DisclosureError
from expectations.vocabulary import HIDDEN_COLUMNS
from models.attack import Published
from models.declared import input_only, refuse_columns, refuse_declaration, refuse_impossible
from models.earlier import Beheld, Reading, beheld, unmasked
from models.last_look import refuse_unreleased, refuse_what_follows
from models.links import Leaders, Led, beside_of, leaders_of, led_by
from models.secondary import cheapest_cover
from models.sums import Row
from models.suppression import OUTSIDE_TRUST, Thresholds, hide_small, hide_words

__all__ = [
    "OUTSIDE_TRUST", "Leaders", "Thresholds", "leaders_of", "prepare", "refuse_unreleased", "refuse_what_follows",
    "release",
]  # fmt: skip

DECIMALS: dict[Unit | None, int] = {Unit.RATE: 2, Unit.SD: 2, Unit.POINTS: 1, Unit.HOURS: 0, None: 0}
"""Decimals of published figures: rates in whole per cent (R2), effects as exactly as their range deserves."""
DATA_DATE = "data_date"


def release(
    frame: pl.DataFrame,
    table: Table,
    thresholds: Thresholds = Thresholds(),  # noqa: B008
    leaders: Leaders | None = None,
    earlier: Reading | None = None,
) -> pl.DataFrame:
    """The frame that may be published: exactly the contract's columns, sorted by key, small groups hidden.

    ``frame`` has the mart's columns with true values (``hidden_columns`` may be absent) and the input columns named
    by ``Amount.largest`` and ``second`` (the largest contributions, in pence, without sign) and by ``Rate.base``,
    which are dropped.
    ``leaders``: the released marts that columns of this one lean on (``leaders_of``); ``earlier``: the table as it was
    last released.
    A hidden cell is null and named in ``hidden_columns`` (sorted, comma separated), so that hidden and missing stay
    different. Raises ``DisclosureError`` for a table or frame that cannot be released safely.
    """
    refuse_declaration(table)
    needed = input_only(table)
    frame = _without_marks(frame, table)
    refuse_columns(table, frame, needed)
    ordered = frame.sort(list(table.key)) if table.key else frame  # the order of rows must not rank hidden values
    rows = ordered.to_dicts()
    refuse_impossible(table, rows)
    hidden = _hidden(rows, table, thresholds, led_by(rows, table, leaders or {}, thresholds), earlier)
    masks = {name: pl.Series([name in names for names in hidden]) for name in sorted(set().union(*hidden))}
    released = ordered.drop(needed).with_columns(
        pl.when(mask).then(None).otherwise(pl.col(name)).alias(name) for name, mask in masks.items()
    )
    released = released.with_columns(_rounded(column) for column in table.columns if _decimals(column) is not None)
    if HIDDEN_COLUMNS.name in table.by_name:
        listed = [",".join(sorted(names)) for names in hidden]
        released = released.with_columns(pl.Series(HIDDEN_COLUMNS.name, listed, dtype=pl.String))
    return conform(released, table)


def _hidden(rows: list[Row], table: Table, limits: Thresholds, led: Led, earlier: Reading | None) -> list[set[str]]:
    """In each row the columns to hide; what the last release hid stays hidden where showing it would unmask that."""
    seen = beheld(earlier, table, rows, limits)
    primary = [names | hide_small(row, table, limits, names) for row, names in zip(rows, led.hidden, strict=True)]
    hidden = _with_covers(rows, primary, table, limits, led, seen)
    if earlier is not None and unmasked(earlier, table, Published(table, rows, hidden), limits):
        there = [{name for name in names if row[name] is not None} for row, names in zip(rows, seen.habit, strict=True)]
        again = [names | old - told for names, old, told in zip(primary, there, led.told, strict=True)]
        hidden = _with_covers(rows, again, table, limits, led, seen)
    return [names | hide_words(row, names, table) for row, names in zip(rows, hidden, strict=True)]


def _with_covers(
    rows: list[Row], primary: list[set[str]], table: Table, limits: Thresholds, led: Led, seen: Beheld
) -> list[set[str]]:
    beside = beside_of(rows, table, led, seen.habit, seen.bonds)
    return cheapest_cover(rows, primary, table, limits, beside)


def prepare(frame: pl.DataFrame, table: Table, data_date: dt.date) -> pl.DataFrame:
    """A model's frame as ``release`` wants it: the mart's columns, dated, and those that the door needs; no others.

    A column of the model that the mart does not declare stays in the house.
    """
    wanted = [name for name in table.by_name if name not in (DATA_DATE, HIDDEN_COLUMNS.name)]
    return frame.select(*wanted, *input_only(table)).with_columns(pl.lit(data_date).alias(DATA_DATE))


def _decimals(column: Column) -> int | None:
    """How exactly a mean, rate or effect is published; counts and pence are whole already."""
    if not isinstance(column.release, Rate) or column.kind is not Kind.NUMBER:
        return None
    return DECIMALS.get(column.unit, 1) if column.release.decimals is None else column.release.decimals


def _rounded(column: Column) -> pl.Expr:
    return pl.col(column.name).round(_decimals(column) or 0, mode="half_away_from_zero")


def _without_marks(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The frame with an empty list of hidden columns; a frame with marks has been released before."""
    name = HIDDEN_COLUMNS.name
    if name in frame.columns and not (frame[name].fill_null("") == "").all():
        raise DisclosureError("The frame has been released before", table.name, "Release the model's true values once.")
    return frame.with_columns(pl.lit("").alias(name)) if name in table.by_name else frame
