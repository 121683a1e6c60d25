"""The last look before publishing, and again in ``orchard audit``: one reader of all that was released (METHODS E4).

``refuse_unreleased`` looks at one table, as far as a reader sees; ``refuse_what_follows`` attacks all of them together,
with what they tell of the same pupils and with what earlier releases showed. ``published_cells`` makes of cells that
were read back (from a page, a download, a paper) a frame that both take.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product

import polars as pl

from expectations.contract import Column, Count, Rate, Sensitivity, Table
from expectations.errors import DisclosureError
from expectations.tables import ALL
from models.attack import Published, gather, surely_small
from models.declared import USE_DOOR, dependent_words, refuse_columns, refuse_declaration, refuse_impossible
from models.earlier import Reading, unmasked
from models.links import Link, bonds_of, links_of, marked, meet, published
from models.sums import Row, find_sums, hideable_columns, is_share
from models.suppression import Thresholds, hide_dependants, hide_small, hide_words, is_exposed


def refuse_unreleased(table: Table, frame: pl.DataFrame, thresholds: Thresholds = Thresholds()) -> None:  # noqa: B008
    """Raise ``DisclosureError`` unless every shown figure could have come through ``release``.

    For publishing: catches a frame that bypassed the door. It sees only what a reader sees, so it proves less than
    the door does; a frame of one school and the trust is fine.
    """
    refuse_declaration(table)
    refuse_columns(table, frame, ())
    rows = frame.to_dicts()
    refuse_impossible(table, rows)
    hidden = [marked(row) for row in rows]
    hideable = {column.name for column in (*hideable_columns(table), *dependent_words(table))}
    listed = [(row, name) for row, names in zip(rows, hidden, strict=True) for name in names]
    if any(name not in hideable or row[name] is not None for row, name in listed):
        raise DisclosureError("A figure is shown that is listed as hidden", table.name, USE_DOOR)
    for row, names in zip(rows, hidden, strict=True):
        found = hide_small(row, table, thresholds, names)
        small = {name for name in found if not _is_rounded(table.by_name[name], row, thresholds)}
        shown = small | hide_dependants(row, names, table) | hide_words(row, names, table)
        if shown:
            where = f"{table.name}: {', '.join(sorted(shown))}"
            raise DisclosureError("A figure of a small group is shown", where, USE_DOOR)
    for total in find_sums(rows, table):
        if is_exposed(total, rows, hidden, table, thresholds):
            raise DisclosureError("A hidden figure can be worked out", f"{table.name}.{total.parts[0][1]}", USE_DOOR)


def _is_rounded(column: Column, row: Row, thresholds: Thresholds) -> bool:
    """True for a share in whole per cent of a group that may have one: times its group it is no count any more."""
    role = column.release
    if not isinstance(role, Rate) or not is_share(column) or row[role.denominator] is None:
        return False
    return row[role.denominator] >= thresholds.minimum_denominator and row[column.name] == round(row[column.name], 2)


@dataclass(frozen=True)
class Verdict:
    """What the attacker had and tried, in vain."""

    tables_count: int = 0
    cells_count: int = 0
    hidden_count: int = 0
    equations_count: int = 0
    links_count: int = 0
    earlier_count: int = 0
    seconds: float = 0.0


def refuse_what_follows(
    released: Mapping[Table, pl.DataFrame],
    thresholds: Thresholds = Thresholds(),  # noqa: B008
    earlier: Mapping[str, Reading] | None = None,
) -> Verdict:
    """What an attacker tried with all released tables together, and with the reading before of each, in vain.

    Raises ``DisclosureError`` naming the tables and columns of which a small number can be worked out (METHODS E4).
    """
    began = time.perf_counter()
    tables = [published(t, frame) for t, frame in released.items() if t.sensitivity is Sensitivity.AGGREGATE]
    verdict = attack(tables, thresholds)
    for seen in tables:
        reading = (earlier or {}).get(seen.table.name)
        if reading is not None and unmasked(reading, seen.table, seen, thresholds):
            raise _worked_out([f"{seen.table.name}, as it was released for {reading.data_date}"])
    return replace(verdict, earlier_count=len(earlier or {}), seconds=time.perf_counter() - began)


def attack(tables: Iterable[Published], thresholds: Thresholds) -> Verdict:
    """The attack on tables as their readers have them, from the database or read back from a page."""
    named = {published.table.name: published for published in tables}
    bonds = [bond for seen in named.values() for bond in bonds_of(seen.table, seen.rows, named)]
    tried, found = surely_small(named.values(), thresholds.minimum_count, bonds)
    if found:
        raise _worked_out(sorted({f"{name}.{column}" for name, _, column in found}))
    figures = {name: hideable_columns(seen.table) for name, seen in named.items()}
    cells = sum(len(figures[name]) * len(seen.rows) for name, seen in named.items())
    equations = len(gather(named.values(), bonds).constraints)
    return Verdict(len(named), cells, tried, equations, len(bonds))


def _worked_out(where: list[str]) -> DisclosureError:
    return DisclosureError(
        "A hidden figure can be worked out",
        ", ".join(where),
        "Declare what these counts are parts of or repeat (partitions, follows, near, within, sums_to: "
        "expectations/roles.py), or publish fewer of them; a release that people see: roll back and tell the makers.",
    )


def read_back(table: Table, cells: Iterable[Mapping[str, str]], hidden: str = "c", missing: str = "–") -> Published:
    """A table as somebody read it off a page, a download or a paper: one mapping of column to text for each row.

    Text is a number as it was printed (``1,234``, ``52%``, ``£1,234``), the symbol for hidden or the one for missing.
    A figure that the page does not show is unknown to its reader, as a hidden one is. ``attack`` takes the result.
    """
    figures = {column.name for column in hideable_columns(table)}
    rows: list[Row] = []
    unknown: list[set[str]] = []
    for texts in cells:
        told = {name: text.strip() for name, text in texts.items()}
        shown = {name for name in figures if told.get(name, hidden) not in (hidden, missing)}
        numbers = {name: _number(told[name]) for name in shown}
        rows.append(dict.fromkeys(table.by_name) | {n: t for n, t in told.items() if n not in figures} | numbers)
        unknown.append({name for name in figures - shown if told.get(name) != missing})
    return Published(table, rows, unknown)


def _number(text: str) -> float:
    """The number in a printed figure; a share in per cent as a part of 1, pounds as pence."""
    plain = text.replace(",", "").replace("−", "-")
    if plain.endswith("%"):
        return float(plain.removesuffix("%")) / 100
    return round(float(plain.replace("£", "")) * 100) if "£" in plain else float(plain)


def alike(tables: Iterable[Published], minimum: int = 5) -> list[str]:
    """Pairs of counts in two tables that look like nearly the same people and are not declared as linked.

    Of five schools or more that meet, eight in ten are equal or differ by 1 to 4: a reader would subtract them. Counts
    of interventions and years come near each other by chance too often to be listed.
    """
    seen = [published for published in tables if "school_urn" in published.table.key]
    found = []
    for first, second in combinations(seen, 2):
        for ours, theirs in _pairs(first, second):
            if not _are_linked(first.table, ours, second.table, theirs) and _look_alike(
                _met(first, ours, second, theirs), minimum
            ):
                found.append(f"{first.table.name}.{ours} ~ {second.table.name}.{theirs}")
    return found


def _pairs(first: Published, second: Published) -> Iterator[tuple[str, str]]:
    ours, theirs = (
        [c.name for c in seen.table.columns if isinstance(c.release, Count) and c.release.behind is None]
        for seen in (first, second)
    )
    return product(ours, theirs)


def _met(first: Published, ours: str, second: Published, theirs: str) -> list[tuple[float, float]]:
    """Both numbers of the rows that meet, where both are shown."""
    link = Link(ours, "near", second.table.name, theirs)
    rows = meet(link, first.table, first.rows, second)
    values = ((first.rows[at[0]][ours], second.rows[other][theirs]) for at, other in rows)
    return [(a, b) for a, b in values if a and b]


def _look_alike(pairs: list[tuple[float, float]], minimum: int) -> bool:
    large = [(a, b) for a, b in pairs if min(a, b) >= 2 * minimum]
    near = sum(abs(a - b) < minimum for a, b in large)
    return len(large) >= 5 and near >= 0.8 * len(large)


def _are_linked(first: Table, ours: str, second: Table, theirs: str) -> bool:
    """True when both lean on one count, directly or not, or a person has said that they are apart."""
    ends = (first, ours, second), (second, theirs, first)
    for (table, column, other), name in zip(ends, (theirs, ours), strict=True):
        role = table.by_name[column].release
        if isinstance(role, Count) and {other.name, f"{other.name}.{name}"} & set(role.apart):
            return True
    return bool(_roots(first, ours) & _roots(second, theirs))


def _roots(table: Table, column: str) -> set[str]:
    """The count and all that it is declared to lean on, in its own table and in others."""
    found, role = {f"{table.name}.{column}"}, table.by_name[column].release
    if isinstance(role, Count) and role.of:
        found |= _roots(table, role.of)
    for link in links_of(table):
        if link.column == column:
            named = ALL.get(link.leader)
            found |= _roots(named, link.leader_column) if named else {f"{link.leader}.{link.leader_column}"}
    return found
