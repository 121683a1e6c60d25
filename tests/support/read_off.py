"""Tables read off pages and files, laid beside the marts that they were made of: cell by cell, by what they say.

A column of a page belongs to the column of a mart that it agrees with; one that agrees nearly everywhere belongs too,
and its other cells are what a page shows otherwise than it was released.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from expectations.contract import Count, Label, Rate, Table
from models.attack import Published
from models.last_look import read_back
from models.links import marked
from models.sums import Row, hideable_columns
from tests.support.rendered import Grid

Place = tuple[str, tuple[Any, ...]]
"""Mart, key of a row."""
NUMBER = re.compile(r"[−-]?[\d,]+(\.\d+)?%?")
NEAR, ENOUGH = 0.75, 3
"""Share of a column's cells that must agree, and how many of them must be numbers that differ."""


@dataclass
class ReadOff:
    """What a reader has after reading: texts by mart, row and column; and cells that were released otherwise."""

    cells: dict[Place, dict[str, str]] = field(default_factory=dict)
    otherwise: list[str] = field(default_factory=list)

    def published(self, marts: Mapping[Table, list[Row]]) -> list[Published]:
        """As tables for the attacker: keys as released, figures as read."""
        found = []
        for table, rows in marts.items():
            held = [row for row in rows if (table.name, _key(table, row)) in self.cells]
            if held:
                seen = read_back(table, [self.cells[table.name, _key(table, row)] for row in held])
                keyed = [texts | {name: row[name] for name in table.key}
                         for texts, row in zip(seen.rows, held, strict=True)]  # fmt: skip
                found.append(replace(seen, rows=keyed))
        return found


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in table.key)


def grid_of_csv(text: str, caption: str) -> Grid:
    """A download as the table that it is."""
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    return Grid(caption, tuple(head), tuple(map(tuple, rows)))


def read_off(grids: Iterable[Grid], marts: Mapping[Table, list[Row]], names: Mapping[str, str]) -> ReadOff:
    """Every table of pages and files beside the marts; ``names`` of schools (and of the trust) by URN."""
    done = ReadOff()
    laid = [(table, rows) for table, listed in marts.items() for rows in _labelled(table, listed, names)]
    for read in grids:
        grid = replace(read, rows=tuple(row for row in read.rows if len(row) == len(read.headings)))
        labels = [row[0] for row in grid.rows]
        if len(labels) < ENOUGH or len(set(labels)) < len(labels):
            continue
        beside = [(table, [rows[label] for label in labels]) for table, rows in laid if set(labels) <= set(rows)]
        for place in range(1, len(grid.headings)):
            _trace(grid, place, beside, done)
    return done


def _labelled(table: Table, rows: list[Row], names: Mapping[str, str]) -> Iterator[dict[str, Row]]:
    """The rows of a mart by a column that names them, one set for each value of the rest of its key."""
    for by in (column.name for column in table.columns if isinstance(column.release, Label)):
        groups: dict[tuple[Any, ...], dict[str, Row]] = {}
        for row in rows:
            rest = tuple(row[name] for name in table.key if name != by)
            groups.setdefault(rest, {})[names.get(str(row[by]), str(row[by]))] = row
        yield from (found for found in groups.values() if len(found) >= ENOUGH)


def _trace(grid: Grid, place: int, beside: list[tuple[Table, list[Row]]], done: ReadOff) -> None:
    """One column of a page, to the columns of marts that say the same; else to the one that says nearly the same."""
    texts = [row[place] for row in grid.rows]
    if not all(text in ("c", "–") or NUMBER.fullmatch(text) for text in texts):
        return
    found = [
        (agreed, table, name, rows)
        for table, rows in beside
        for name in _figures(table)
        if _is_near(texts, agreed := [_agree(text, row, name) for text, row in zip(texts, rows, strict=True)])
    ]
    same = [one for one in found if all(one[0])] or sorted(found, key=lambda one: -sum(one[0]))[:1]
    for agreed, table, name, rows in same:
        for text, row, is_same in zip(texts, rows, agreed, strict=True):
            done.cells.setdefault((table.name, _key(table, row)), {})[name] = text
            if not is_same:
                done.otherwise.append(f"{grid.caption}: {grid.headings[place]} is not {table.name}.{name}")


def _figures(table: Table) -> list[str]:
    return [c.name for c in hideable_columns(table) if isinstance(c.release, Count | Rate)]


def _is_near(texts: list[str], agreed: list[bool]) -> bool:
    told = {text for text, is_same in zip(texts, agreed, strict=True) if is_same and NUMBER.fullmatch(text)}
    return len(told) >= ENOUGH and sum(agreed) >= NEAR * len(agreed)


def _agree(text: str, row: Row, name: str) -> bool:
    """True when the page says what was released: the same sign, or the number as far as it was printed."""
    if text in ("c", "–"):
        return row[name] is None and (name in marked(row)) == (text == "c")
    if row[name] is None:
        return False
    scale = 0.01 if text.endswith("%") else 1.0
    plain = text.removesuffix("%").replace(",", "").replace("−", "-")
    decimals = len(plain.partition(".")[2])
    return bool(abs(float(plain) * scale - row[name]) <= 0.5 * scale * 10.0**-decimals + 1e-9)
