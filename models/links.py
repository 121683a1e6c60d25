"""What tables tell of the same pupils: which cells of two marts meet, by what their columns declare (``roles``).

The mart that is named stands first: it is released before, and what it shows or hides is settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

import polars as pl

from expectations.contract import Amount, Count, Table
from expectations.vocabulary import HIDDEN_COLUMNS, TRUST
from models.attack import Bond, Place, Published
from models.secondary import Beside, Secret
from models.sums import Row
from models.suppression import Thresholds

Leaders = Mapping[Table, pl.DataFrame]
"""Released marts that columns of another mart lean on."""
KINDS = ("follows", "near", "within", "sums_to")


@dataclass(frozen=True)
class Link:
    """A column of a mart, how it stands to a column of a mart released before, and that column."""

    column: str
    kind: str
    leader: str
    leader_column: str


def links_of(table: Table) -> list[Link]:
    """Every link that the table's columns declare."""
    return [
        Link(column.name, kind, *named.split(".", 1))
        for column in table.columns
        if isinstance(column.release, Count | Amount)
        for kind in KINDS
        if (named := getattr(column.release, kind, None))
    ]


def leaders_of(table: Table) -> tuple[str, ...]:
    """The marts that must be released before this one, because columns of it lean on theirs."""
    return tuple(sorted({link.leader for link in links_of(table)}))


def published(table: Table, frame: pl.DataFrame) -> Published:
    """A released table as its readers have it."""
    rows = frame.to_dicts()
    return Published(table, rows, [marked(row) for row in rows])


def marked(row: Row) -> set[str]:
    """The columns that a released row lists as hidden."""
    return set(filter(None, str(row.get(HIDDEN_COLUMNS.name) or "").split(",")))


def meet(link: Link, table: Table, rows: Sequence[Row], led: Published) -> Iterator[tuple[list[int], int]]:
    """(our rows, their row) that the link lays side by side; one row of ours, but for a sum.

    A table that repeats a school's figure beside every group, none of which is the whole, meets with each of its rows.
    """
    shared = [name for name in table.key if name in led.table.key]
    own = [name for name in table.key if name not in shared]
    is_repeated = link.kind == "follows" and any(is_without_whole(table, name) for name in own)
    own = [name for name in own if not (is_repeated and is_without_whole(table, name))]
    theirs = _wholes(led.table, led.rows, [name for name in led.table.key if name not in shared])
    ours = _parts(table, rows, own) if link.kind == "sums_to" else _wholes(table, rows, own)
    at_home: dict[tuple[object, ...], list[int]] = {}
    for at in ours:
        at_home.setdefault(tuple(rows[at][name] for name in shared), []).append(at)
    for at in theirs:
        found = at_home.get(tuple(led.rows[at][name] for name in shared), [])
        if found and (link.kind == "sums_to" or len(found) == 1):
            yield found, at
        elif is_repeated:
            yield from (([row], at) for row in found)


def _wholes(table: Table, rows: Sequence[Row], names: Sequence[str]) -> list[int]:
    """The rows that tell the whole in each of the named key columns: the trust, the whole group, the latest year."""
    found = list(range(len(rows)))
    for name in names:
        whole = _whole_of(table, name)
        if whole is None and name.endswith("_year"):
            whole = max((rows[at][name] for at in found), default=None)
        found = [at for at in found if rows[at][name] == whole]
    return found


def _parts(table: Table, rows: Sequence[Row], names: Sequence[str]) -> list[int]:
    """The rows that together make up the whole in each of the named key columns."""
    found = list(range(len(rows)))
    for name in names:
        whole = _whole_of(table, name)
        parts = next((p.parts for p in table.row_partitions if p.column == name and p.whole == whole), None)
        found = [at for at in found if (rows[at][name] in parts if parts else rows[at][name] != whole)]
    return found


def is_without_whole(table: Table, name: str) -> bool:
    """True for a key column of groups of which no row is the whole, nor the latest year."""
    return _whole_of(table, name) is None and not name.endswith("_year")


def _whole_of(table: Table, name: str) -> object:
    """The value of a key column in the row that tells the whole; ``None`` where no row does."""
    if name == "school_urn":
        return TRUST
    partitions = [partition for partition in table.row_partitions if partition.column == name]
    parts = {part for partition in partitions for part in partition.parts}
    return next((partition.whole for partition in partitions if partition.whole not in parts), None)


def bonds_of(table: Table, rows: Sequence[Row], led: Mapping[str, Published]) -> list[Bond]:
    """What the links say of numbers: the same, no more than, a part of. ``near`` says none.

    A number that the leading mart shows is a number; one that it hides is an unknown of the reader.
    """
    bonds = []
    for link in links_of(table):
        if link.leader not in led or link.kind == "near":
            continue
        for ours, theirs in meet(link, table, rows, led[link.leader]):
            cells = [((table.name, at, link.column), -1.0) for at in ours]
            most = inf if link.kind == "within" else 0.0
            shown = led[link.leader].rows[theirs][link.leader_column]
            if shown is not None:
                bonds.append(Bond(tuple(cells), -shown, most - shown))
            elif link.leader_column in led[link.leader].hidden[theirs]:
                bonds.append(Bond((((link.leader, theirs, link.leader_column), 1.0), *cells), 0.0, most))
    return bonds


@dataclass
class Led:
    """What the leading marts ask of a table: cells to hide, cells that they tell, further secrets."""

    hidden: list[set[str]]
    told: list[set[str]]
    secrets: list[Secret] = field(default_factory=list)
    tables: dict[str, Published] = field(default_factory=dict)


def led_by(rows: Sequence[Row], table: Table, leaders: Leaders, limits: Thresholds) -> Led:
    """What is hidden and told in the leading marts, laid on the rows of this one, which hold the true values."""
    led = Led([set() for _ in rows], [set() for _ in rows])
    led.tables = {leader.name: published(leader, frame) for leader, frame in leaders.items()}
    for link in links_of(table):
        if link.leader not in led.tables or link.kind == "sums_to":
            continue
        for (at,), theirs in meet(link, table, rows, led.tables[link.leader]):
            if rows[at][link.column] is not None:
                _lay(led, link, (at, theirs), rows, table, limits)
    return led


def _lay(led: Led, link: Link, met: tuple[int, int], rows: Sequence[Row], table: Table, limits: Thresholds) -> None:
    at, theirs = met
    leader, value = led.tables[link.leader], rows[at][link.column]
    shown = leader.rows[theirs][link.leader_column]
    if link.leader_column in leader.hidden[theirs]:
        if link.kind != "within":
            led.hidden[at] |= nearly_all(rows[at], link.column, table, limits)
    elif shown == value and link.kind == "follows":
        led.told[at].add(link.column)
    elif shown is not None and limits.is_small(abs(shown - value)):  # also where what is to follow does not
        led.hidden[at] |= nearly_all(rows[at], link.column, table, limits)
        sign = 1.0 if value > shown else -1.0
        cell: Place = (table.name, at, link.column)
        led.secrets.append(
            Secret(
                {cell: sign},
                abs(value - shown),
                limits.minimum_count - 1.0,
                1.0,
                float(limits.minimum_count),
                constant=-sign * shown,
            )
        )


def nearly_all(row: Row, whole: str, table: Table, thresholds: Thresholds) -> set[str]:
    """A count and those parts of it, and of these, that are all or nearly all of it: each would say as much."""
    found, is_growing = {whole}, True
    while is_growing:
        parts = {
            column.name
            for column in table.columns
            if isinstance(column.release, Count) and column.release.of in found and row[column.name] is not None
            and row[whole] - row[column.name] < thresholds.minimum_count
        }  # fmt: skip
        is_growing = not parts <= found
        found |= parts
    return found


def beside_of(rows: Sequence[Row], table: Table, led: Led, habit: Sequence[set[str]], seen: Sequence[Bond]) -> Beside:
    """What a reader of this table has beside it: leading marts, and what was ``seen`` in an earlier release."""
    bonds = bonds_of(table, rows, led.tables)
    with_leaders = {place[0] for bond in bonds for place, _ in bond.cells} - {table.name}
    tables = tuple(led.tables[name] for name in sorted(with_leaders))
    return Beside(led.told, tables, (*bonds, *seen), tuple(led.secrets), habit)
