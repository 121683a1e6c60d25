"""``python -m tests.benchmarks.disclosure --home H``: what disclosure control of a trust's release costs.

For each aggregate mart: rows, cells, cells hidden for their own sake, cells hidden to cover them, seconds; what an
attacker finds in all of them without covers and with them; and the largest table that needs covers, protected exactly
and one by one, with the cost of both (``models/cover.py``). The home must have had its night.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.contract import Table
from models import disclosure
from models.attack import Published, surely_small
from models.cover import QUICK, THOROUGH
from models.disclosure import Thresholds
from models.links import bonds_of
from models.secondary import cheapest_cover, price_of
from models.sums import Row, additive_columns

LIMITS = Thresholds()


@dataclass(frozen=True)
class Protected:
    """One mart through the door, with what the door had before it hid anything."""

    table: Table
    rows: list[Row]
    primary: list[set[str]]
    hidden: list[set[str]]
    seconds: float

    @property
    def figures(self) -> set[str]:
        """Columns of numbers of people and money: what an attacker solves for."""
        return {column.name for column in additive_columns(self.table)}

    def seen(self, hidden: list[set[str]]) -> Published:
        """The table as its readers have it, with these cells hidden."""
        shown = [row | dict.fromkeys(names, None) for row, names in zip(self.rows, hidden, strict=True)]
        return Published(self.table, shown, hidden)


@contextmanager
def watched(found: list[Protected]) -> Iterator[None]:
    """Note the true rows and the two patterns of every table that passes the door."""
    whole = disclosure._with_covers

    def noting(rows: list[Row], primary: list[set[str]], table: Table, *more: Any) -> list[set[str]]:
        began = time.perf_counter()
        hidden = whole(rows, primary, table, *more)
        found.append(Protected(table, rows, primary, hidden, time.perf_counter() - began))
        return hidden

    disclosure._with_covers = noting
    try:
        yield
    finally:
        disclosure._with_covers = whole


def through_the_door(home: Path) -> list[Protected]:
    """Every mart of one more night over the home's files, in a copy, as the door saw it."""
    from pipelines.refresh import refresh
    from pipelines.settings import load_settings

    found: list[Protected] = []
    with tempfile.TemporaryDirectory() as folder, watched(found):
        copy = Path(folder) / "home"
        copy.mkdir()
        shutil.copytree(home / "drop", copy / "drop")
        shutil.copy(home / "orchard.toml", copy)
        refresh(load_settings(copy))
    return found


def count(hidden: list[set[str]], figures: set[str]) -> int:
    return sum(len(names & figures) for names in hidden)


def told(tables: list[Published]) -> tuple[int, int]:
    """(hidden counts, those that a reader of all tables can work out to be small)."""
    named = {seen.table.name: seen for seen in tables}
    bonds = [bond for seen in tables for bond in bonds_of(seen.table, seen.rows, named)]
    tried, found = surely_small(tables, LIMITS.minimum_count, bonds)
    return tried, len(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    found = through_the_door(parser.parse_args().home)
    print(f"{'table':34} {'rows':>5} {'cells':>6} {'primary':>8} {'covers':>7} {'seconds':>8}")
    for one in found:
        first, last = count(one.primary, one.figures), count(one.hidden, one.figures)
        print(f"{one.table.name:34} {len(one.rows):5} {len(one.rows) * len(one.figures):6} {first:8} {last - first:7} "
              f"{one.seconds:8.2f}")  # fmt: skip
    print(f"all: {sum(one.seconds for one in found):.1f} s")
    for words, patterns in (("without covers", [o.primary for o in found]), ("with covers", [o.hidden for o in found])):
        began = time.perf_counter()
        tried, small = told([one.seen(hidden) for one, hidden in zip(found, patterns, strict=True)])
        print(
            f"attack {words}: {small} of {tried} hidden counts can be worked out ({time.perf_counter() - began:.1f} s)"
        )
    _largest([one for one in found if count(one.primary, one.figures)])


def _largest(found: list[Protected]) -> None:
    """The largest table that hides anything, protected both ways."""
    one = max(found, key=lambda one: len(one.rows) * len(one.figures))
    for words, effort in (("one by one", QUICK), ("exactly", THOROUGH)):
        began = time.perf_counter()
        hidden = cheapest_cover(one.rows, one.primary, one.table, LIMITS, effort=effort)
        seconds, cells = time.perf_counter() - began, count(hidden, one.figures)
        cost = price_of(one.rows, hidden, one.table)
        print(f"{one.table.name} {words}: cost {cost:,.1f}, {cells} cells, {seconds:.1f} s")


if __name__ == "__main__":
    main()
