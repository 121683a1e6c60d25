"""The figures of an aggregate mart and the sums that a reader can do with them, found from its declaration.

Parts of a row, rows of a row, schools of the trust, years of a total; and flows: who was there, joined, left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from expectations.contract import Amount, Column, Count, Rate, Staffing, Table, Unit
from expectations.vocabulary import TRUST

Row = dict[str, Any]
Cell = tuple[int, str]


@dataclass(frozen=True)
class Sum:
    """Cells that add up: ``parts`` to ``whole`` (``None``: to a total that may be published elsewhere)."""

    whole: Cell | None
    parts: tuple[Cell, ...]
    is_count: bool
    is_mean: bool = False
    is_of_schools: bool = False
    """A child in two schools is in the trust once, so that what is true need not add up."""


def find_sums(rows: Sequence[Row], table: Table) -> Iterator[Sum]:
    """Every sum that a reader can do: the parts of a row, the rows of a row, the schools of the trust, the years."""
    for at in range(len(rows)):
        for partition in table.partitions:
            if partition.less:
                continue  # a flow: the attacker's, not a sum of parts
            is_count = isinstance(table.by_name[partition.whole].release, Count)
            yield Sum((at, partition.whole), tuple((at, part) for part in partition.parts), is_count)
    yield from _sums_of_rows(rows, table)
    for over in (*(["school_urn"] if "school_urn" in table.key else []), *table.totalled_over):
        yield from _sums_over(rows, table, over)


def _sums_over(rows: Sequence[Row], table: Table, over: str) -> Iterator[Sum]:
    """The schools that make up the trust, or the rows of another key column whose total stands in another table."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for at, row in enumerate(rows):
        groups.setdefault(tuple(row[name] for name in table.key if name != over), []).append(at)
    for members in groups.values():
        parts = [at for at in members if rows[at][over] != TRUST]
        trust = [at for at in members if rows[at][over] == TRUST]
        if len(parts) < 2:
            continue  # one school beside the trust: the other schools are unknown, or there are none
        for column in hideable_columns(table):
            if isinstance(column.release, Rate) and column.release.numerator is not None:
                continue  # a share follows from its counts, which are protected themselves
            whole = (trust[0], column.name) if trust else None
            kinds = (isinstance(column.release, Count), is_mean(column))
            yield Sum(whole, tuple((at, column.name) for at in parts), *kinds, is_of_schools=over == "school_urn")


def _sums_of_rows(rows: Sequence[Row], table: Table) -> Iterator[Sum]:
    """The declared rows that sum to another row (all leavers = those with SEN + those without)."""
    for partition in table.row_partitions:
        others = [name for name in table.key if name != partition.column]
        groups: dict[tuple[Any, ...], dict[str, int]] = {}
        for at, row in enumerate(rows):
            groups.setdefault(tuple(row[name] for name in others), {})[row[partition.column]] = at
        for group in groups.values():
            parts = [group[part] for part in partition.parts if part in group]
            if partition.whole not in group or len(parts) != len(partition.parts):
                continue  # a part that is not there: the sum cannot be done
            for column in hideable_columns(table):
                if not is_mean(column):
                    cells = tuple((at, column.name) for at in parts)
                    yield Sum((group[partition.whole], column.name), cells, isinstance(column.release, Count))


def find_flows(rows: Sequence[Row], table: Table) -> Iterator[list[tuple[int, str, float]]]:
    """Cells and factors that come to nothing: who was there, and who joined, less who left, is who is there."""
    for partition in table.partitions:
        if partition.less:
            names = [(partition.whole, 1.0), *((n, -1.0) for n in partition.parts), *((n, 1.0) for n in partition.less)]
            yield from ([(at, name, factor) for name, factor in names] for at in range(len(rows)))
    for chain in table.chains:
        others = [name for name in table.key if name != chain.over]
        lines: dict[tuple[Any, ...], list[int]] = {}
        for at in sorted(range(len(rows)), key=lambda at: str(rows[at][chain.over])):
            lines.setdefault(tuple(rows[at][name] for name in others), []).append(at)
        for line in lines.values():
            for before, at in pairwise(line):
                moves = [*((at, name, -1.0) for name in chain.joined), *((at, name, 1.0) for name in chain.left)]
                yield [(at, chain.stock, 1.0), (before, chain.stock, -1.0), *moves]


def is_share(column: Column) -> bool:
    """True for a share of people, which times its group is a number of people."""
    return column.unit is Unit.RATE and isinstance(column.release, Rate) and column.release.is_of_people


def is_mean(column: Column) -> bool:
    """True for a rate, mean or effect, which does not add up over rows."""
    role = column.release
    return isinstance(role, Rate) or (isinstance(role, Staffing) and role.is_mean)


def additive_columns(table: Table) -> list[Column]:
    """The columns that hold numbers of people, money or hours: what an attacker solves for."""
    return [column for column in hideable_columns(table) if not is_mean(column)]


def hideable_columns(table: Table) -> list[Column]:
    """The columns that hold figures of people or money."""
    return [column for column in table.columns if isinstance(column.release, Count | Rate | Amount | Staffing)]
