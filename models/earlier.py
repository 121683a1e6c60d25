"""Releases seen before: the ledger of released cells, what a reader keeps of them, and when a table's figures stand.

Who lays last term's page beside today's knows more than either tells: a number hidden then and shown now was about as
large then; a count that goes from 12 to 13 is about one child. So what was released is written down (table, row,
column, the number shown or that it was hidden; never a true value behind a hidden one), and three rules follow:

- **A reading stands.** Within a half-term a table is released once; later nights show that reading again, with its
  date, unless a count that people saw has moved by ten or more (a late or corrected file, not a child), the rows are
  others, or the rules have changed.
- **A pattern stays.** What was hidden costs next to nothing to hide again (``habit``).
- **The attacker has both releases.** He supposes that a count moves by fewer than five from one reading to the next.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from expectations.contract import Count, Table
from models.attack import Bond, Published, surely_small
from models.calendar import half_terms
from models.links import published
from models.sums import Row, additive_columns
from models.suppression import Thresholds

CELLS = {
    "table_name": pl.String,
    "row_key": pl.String,
    "column_name": pl.String,
    "shown": pl.Float64,
    "release_number": pl.Int64,
    "data_date": pl.Date,
    "rules": pl.String,
}
"""The ledger: one row per figure and release that first showed it so; ``shown`` is null where it was hidden."""
VERSIONS_KEPT = 12
"""Readings kept of each table: two years of half-terms."""
MOVED = 10
"""A count that moves by so many from one night to the next was corrected; no child did that."""


@dataclass(frozen=True)
class Reading:
    """A table as it was last released: its rows (keys, and the figures that were shown), and what was hidden."""

    rows: list[Row]
    hidden: list[set[str]]
    data_date: dt.date
    rules: str


def cells_of(table: Table, frame: pl.DataFrame, number: int, day: dt.date, rules: str) -> pl.DataFrame:
    """The released figures of a table as rows of the ledger; cells that have no figure at all are left out."""
    seen = published(table, frame)
    names = [column.name for column in additive_columns(table)]
    cells = [
        (table.name, row_key(table, row), name, row[name], number, day, rules)
        for row, hidden in zip(seen.rows, seen.hidden, strict=True)
        for name in names
        if row[name] is not None or name in hidden
    ]
    return pl.DataFrame(cells, schema=CELLS, orient="row")


def row_key(table: Table, row: Row) -> str:
    """A row's key as the ledger writes it."""
    return json.dumps([row[name] for name in table.key], default=str)


def last_reading(ledger: pl.DataFrame, table: Table) -> Reading | None:
    """The newest reading of a table in the ledger; ``None`` where there is none."""
    return next(_readings(ledger, table), None)


def reading_before(ledger: pl.DataFrame, table: Table, seen: Published, number: int | None = None) -> Reading | None:
    """The newest reading with other figures than those seen, of releases up to ``number``; ``None`` without one."""
    if number is not None:
        ledger = ledger.filter(pl.col("release_number") <= number)
    return next((reading for reading in _readings(ledger, table) if not same_figures(reading, seen)), None)


def same_figures(reading: Reading, seen: Published) -> bool:
    """True when a reading is of these figures: the same rows, the same numbers, the same cells hidden."""

    def told(rows: Sequence[Row], hidden: Sequence[set[str]]) -> set[tuple[str, str, float | None]]:
        names = [column.name for column in additive_columns(seen.table)]
        return {
            (row_key(seen.table, row), name, row[name])
            for row, concealed in zip(rows, hidden, strict=True)
            for name in names
            if row[name] is not None or name in concealed
        }

    return told(reading.rows, reading.hidden) == told(seen.rows, seen.hidden)


def _readings(ledger: pl.DataFrame, table: Table) -> Iterator[Reading]:
    """The readings of a table, the newest first."""
    mine = ledger.filter(pl.col("table_name") == table.name)
    for number in mine["release_number"].unique().sort(descending=True):
        yield _reading(mine.filter(pl.col("release_number") == number), table)


def _reading(mine: pl.DataFrame, table: Table) -> Reading:
    rows: dict[str, Row] = {}
    hidden: dict[str, set[str]] = {}
    for key, name, shown in mine.select("row_key", "column_name", "shown").iter_rows():
        row = rows.setdefault(key, _bare_row(table, key))
        concealed = hidden.setdefault(key, set())
        if name not in table.by_name:
            continue
        row[name] = shown
        if shown is None:
            concealed.add(name)
    return Reading(list(rows.values()), list(hidden.values()), mine["data_date"][0], mine["rules"][0])


def _bare_row(table: Table, key: str) -> Row:
    values = json.loads(key)
    if len(values) != len(table.key):
        values = [None] * len(table.key)
    return dict.fromkeys(table.by_name) | dict(zip(table.key, values, strict=True))


def stands(reading: Reading, table: Table, tonight: pl.DataFrame, rules: str, day: dt.date) -> bool:
    """True when the last reading is to be shown again instead of tonight's figures."""
    if reading.rules != rules or half_term_of(reading.data_date) != half_term_of(day):
        return False
    then = {row_key(table, row): row for row in reading.rows}
    now = {row_key(table, row): row for row in tonight.to_dicts()}
    figures = [column.name for column in additive_columns(table)]
    counted = {key for key, row in now.items() if any(row[name] is not None for name in figures)}
    counted |= {key for key, row in now.items() if row.get("hidden_columns")}
    if counted != set(then):
        return False
    counts = [column.name for column in additive_columns(table) if isinstance(column.release, Count)]
    pairs = ((then[key][name], now[key][name]) for key in then for name in counts)
    return not any(a is not None and b is not None and abs(a - b) >= MOVED for a, b in pairs)


def half_term_of(day: dt.date) -> int:
    """The half-term, in order, that a day is in or follows. By the convention: the trust's own days differ little."""
    terms = half_terms().filter((pl.col("half_term") != "Entry") & (pl.col("start_date") <= day))
    return max(terms["half_term_index"].to_list(), default=0)


@dataclass(frozen=True)
class Beheld:
    """What a reader of the last reading brings to tonight's rows."""

    habit: list[set[str]]
    bonds: list[Bond]


def beheld(reading: Reading | None, table: Table, rows: Sequence[Row], limits: Thresholds) -> Beheld:
    """What was hidden then, and about how large what was shown then is now; rows hold tonight's true values.

    Where the truth has moved further than a reader would suppose, he supposes wrongly: that binds nothing.
    """
    if reading is None:
        return Beheld([set() for _ in rows], [])
    then = {row_key(table, row): at for at, row in enumerate(reading.rows)}
    places = [then.get(row_key(table, row)) for row in rows]
    habit = [set() if at is None else reading.hidden[at] for at in places]
    few = limits.minimum_count - 1
    bonds = [
        Bond((((table.name, at, name), 1.0),), shown - few, shown + few)
        for at, (row, old) in enumerate(zip(rows, places, strict=True))
        if old is not None
        for name in _counts(table)
        if (shown := reading.rows[old][name]) is not None and row[name] is not None and abs(row[name] - shown) <= few
    ]
    return Beheld(habit, bonds)


def _counts(table: Table) -> list[str]:
    return [column.name for column in table.columns if isinstance(column.release, Count)]


def unmasked(reading: Reading, table: Table, tonight: Published, limits: Thresholds) -> int:
    """How many small numbers of the last reading tonight's figures give away: hidden then, shown now, about as large.

    Raises nothing: where the two contradict each other, the reader's supposition is wrong.
    """
    now = {row_key(table, row): at for at, row in enumerate(tonight.rows)}
    few = limits.minimum_count - 1
    bonds = []
    for old, (row, hidden) in enumerate(zip(reading.rows, reading.hidden, strict=True)):
        at = now.get(row_key(table, row))
        if at is None:
            continue
        for name in sorted(hidden.intersection(_counts(table))):
            value = tonight.rows[at][name]
            if value is not None and name not in tonight.hidden[at]:
                bonds.append(Bond((((table.name, old, name), 1.0),), max(0.0, value - few), value + few))
    if not bonds:
        return 0
    then = Published(table, reading.rows, reading.hidden)
    before = set(_told(then, limits, []))
    return len(set(_told(then, limits, bonds)) - before)


def _told(then: Published, limits: Thresholds, bonds: Sequence[Bond]) -> list[tuple[str, int, str]]:
    return surely_small([then], limits.minimum_count, bonds)[1]


def with_new_cells(ledger: pl.DataFrame, cells: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The ledger with the tables that were released otherwise than last time; the oldest readings are let go."""
    kept = [ledger]
    for name, found in cells.items():
        mine = ledger.filter(pl.col("table_name") == name)
        mine = mine.filter(pl.col("release_number") == pl.col("release_number").max())
        told = ("row_key", "column_name", "shown", "rules")
        if not mine.select(told).sort(told).equals(found.select(told).sort(told)):
            kept.append(found)
    whole = pl.concat(kept)
    age = pl.col("release_number").rank("dense", descending=True).over("table_name")
    return whole.filter(age <= VERSIONS_KEPT)
